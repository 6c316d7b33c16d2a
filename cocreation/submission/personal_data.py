"""What is kept of who fills in the form of an idea and goes on later."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import undefer

from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject, rows_of
from cocreation.ideas.models.idea import Attachment
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.submission.models import Draft
from cocreation.submission.services import attachments
from cocreation.submission.services.drafts import KEPT_FOR


def find_drafts(subject: Subject) -> Sequence[str]:
    typed = func.lower(Draft.content["email"].as_string()).in_(subject.emails)
    of_subject = or_(typed, Draft.receipt.in_(subject.receipts))
    return session.scalars(select(Draft.receipt).where(of_subject).order_by(Draft.receipt)).all()


def export_drafts(keys: Sequence[str]) -> Export:
    exported = Export(rows_of(select(Draft).where(Draft.receipt.in_(keys)), but=("once",)))
    for file in session.scalars(_files_of(keys).options(undefer(Attachment.content))):
        exported.files[f"{file.id}-{file.name}"] = file.content
    return exported


def erase_drafts(keys: Sequence[str], erasure: Erasure) -> None:
    """A draft and the files that were sent with its form."""
    files = session.scalars(_files_of(keys).with_only_columns(Attachment.id)).all()
    session.execute(delete(Attachment).where(Attachment.id.in_(files)))
    session.execute(delete(Draft).where(Draft.receipt.in_(keys)))
    erasure.receipts.update(keys)


def _files_of(keys: Sequence[str]) -> Select[Attachment]:
    once = select(Draft.once).where(Draft.receipt.in_(keys))
    return select(Attachment).where(Attachment.once.in_(once), Attachment.idea_id.is_(None))


KEEPERS = (
    Keeper(
        name="drafts",
        what=_l("A form half filled in that you asked us to keep, and its files"),
        why=_l("So that you can go on later"),
        seen_by=_l("Nobody"),
        term=_l(
            "Until you confirm the idea, or %(days)s days after you last saved it; files of a form that is"
            " never sent %(within)s days"
        ).filled(days=KEPT_FOR.days, within=attachments.WAIT.days),
        chore="forget old drafts",
        columns={"drafts": ("content",), "attachments": ("name", "content")},
        spared={"attachments.kind": "a media type"},
        find=find_drafts,
        export=export_drafts,
        erase=erase_drafts,
    ),
)
