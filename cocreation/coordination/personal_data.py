"""What is kept of who came to a coordination meeting: the names in the list of those who were there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from cocreation.coordination.models import CoordinationAttendance, CoordinationMeeting
from cocreation.core.database import session
from cocreation.core.personal_data import NOBODY, Erasure, Export, Keeper, Subject, row_of
from cocreation.languages.i18n import lazy_gettext as _l

# How long the names of who was there are kept after a coordination meeting.
NAMED_FOR = timedelta(days=365)

# The number of a list, and the name as it stands there.
Place = tuple[int, str]


def find(subject: Subject) -> Sequence[Place]:
    """The lists in which one of these names stands, in any letters."""
    if not subject.names:
        return []
    lists = select(CoordinationAttendance.id, CoordinationAttendance.names).where(
        CoordinationAttendance.names.is_not(None)
    )
    found: list[Place] = []
    for number, names in session.execute(lists.order_by(CoordinationAttendance.id)):
        for name in sorted(subject.names):
            found += [(number, written[0]) for written in _pattern(name).finditer(names or "")]
    return found


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def export(keys: Sequence[Place]) -> Export:
    rows = select(CoordinationAttendance, CoordinationMeeting.reference).join(
        CoordinationMeeting, CoordinationMeeting.id == CoordinationAttendance.meeting_id
    )
    written: dict[int, list[str]] = {}
    for number, name in keys:
        written.setdefault(number, []).append(name)
    return Export(
        [
            {**row_of(row, but=("id", "meeting_id")), "names": written[row.id], "meeting": reference}
            for row, reference in session.execute(rows.where(CoordinationAttendance.id.in_(written)))
        ]
    )


def erase(keys: Sequence[Place], erasure: Erasure) -> None:
    for number, name in keys:
        row = session.get_one(CoordinationAttendance, number, with_for_update=True, populate_existing=True)
        row.names = _pattern(name).sub(NOBODY, row.names or "")
        session.flush()


def forget_names(now: datetime) -> int:
    """The worker's chore: the names of who came to meetings of a year ago. Commits."""
    over = select(CoordinationMeeting.id).where(CoordinationMeeting.ends_at <= now - NAMED_FOR)
    old = (CoordinationAttendance.meeting_id.in_(over), CoordinationAttendance.names.is_not(None))
    gone = session.scalars(
        update(CoordinationAttendance).where(*old).values(names=None).returning(CoordinationAttendance.id)
    ).all()
    session.commit()
    return len(gone)


KEEPERS = (
    Keeper(
        name="attendances",
        what=_l("The names of who came to a coordination meeting"),
        why=_l("To know who spoke for a body"),
        seen_by=_l("The secretariat"),
        term=_l("%(days)s days after the meeting").filled(days=NAMED_FOR.days),
        chore="forget who attended",
        columns={"attendances": ("names",)},
        spared={"attendances.body": "the name of a body"},
        find=find,
        export=export,
        erase=erase,
        stays=_l("which bodies were there, and with how many people"),
    ),
)
