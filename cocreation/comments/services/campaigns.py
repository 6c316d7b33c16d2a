"""Copies of one text, grouped: one argument, as many signatures as there are copies. None is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, Select, func, insert, select, update

from cocreation.comments import copies
from cocreation.comments.models import LISTED, Campaign, Comment, CommentSignature, Stance
from cocreation.core import database
from cocreation.core.database import lock_name, session

AT_ONCE = 1000  # comments of a round

Place = tuple[int, int, Stance]  # a text, a place in it, and what is said of it


@dataclass
class CopiesFound:
    """What comparing new comments has found, to be written down: campaigns joined by their ids, those to be
    made by negative numbers.
    """

    signatures: dict[int, bytes] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    founded: dict[int, tuple[int, ...]] = field(default_factory=dict)


def group(now: datetime) -> int:
    """The worker's chore: compare the comments that are new with what was said at the same place; how many.

    Comparing takes a second or two, in which nobody who writes is kept waiting: it only reads. What was
    found is then written, unless another worker wrote meanwhile. Commits.
    """
    compared = 0
    for place in _places():
        with database.only_reading():
            new = session.execute(_said(place).where(Comment.compared_at.is_(None)).limit(AT_ONCE)).all()
            findings = _compare(place, new)
            session.rollback()
        compared += _write(place, [row.id for row in new], findings, now)
        session.commit()
    return compared


def group_at_once(now: datetime) -> None:
    """The same for comments written in the transaction of the caller, who commits."""
    for place in _new_places():
        new = session.execute(_said(place).where(Comment.compared_at.is_(None)).limit(AT_ONCE)).all()
        _write(place, [row.id for row in new], _compare(place, new), now)


def _places() -> list[Place]:
    """Where there is something new."""
    with database.only_reading():
        places = _new_places()
        session.rollback()
    return places


def _new_places() -> list[Place]:
    statement = (
        select(Comment.text_id, Comment.place, Comment.stance)
        .where(LISTED, Comment.compared_at.is_(None))
        .distinct()
        .order_by(Comment.text_id, Comment.place, Comment.stance)
    )
    return [(row.text_id, row.place, row.stance) for row in session.execute(statement)]


def _said(place: Place) -> Select[int, int | None, str, str | None, str | None]:
    text_id, number, stance = place
    at_place = (Comment.text_id == text_id, Comment.place == number, Comment.stance == stance)
    words = (Comment.words, Comment.quote, Comment.wording)
    return select(Comment.id, Comment.campaign_id, *words).where(LISTED, *at_place).order_by(Comment.id)


def _compare(place: Place, new: Sequence[Row[int, int | None, str, str | None, str | None]]) -> CopiesFound:
    findings, heard = CopiesFound(), None
    spoken = [copies.ComparedComment(row.id, (row.words, row.quote, row.wording)) for row in new]
    spoken = [said for said in spoken if said.words]
    for said, hashes in zip(spoken, copies.signatures(said.words for said in spoken), strict=True):
        heard = heard or _heard(place)
        findings.signatures[said.id] = hashes
        found = heard.hear(said, hashes)
        if found.joined is not None:
            findings.joined[said.id] = found.joined
        elif found.founders:
            number = -len(findings.founded) - 1
            findings.founded[number] = found.founders
            heard.stands_for(found.founders[0], number)
    return findings


def _heard(place: Place) -> copies.Heard:
    """What was said before at this place, each campaign once."""
    heard = copies.Heard()
    compared_before = _said(place).join(CommentSignature, CommentSignature.comment_id == Comment.id)
    for row in session.execute(compared_before.add_columns(CommentSignature.hashes)):
        texts = row.words, row.quote, row.wording
        heard.remember(copies.ComparedComment(row.id, texts, row.campaign_id), row.hashes)
    return heard


def _write(place: Place, ids: Sequence[int], findings: CopiesFound, now: datetime) -> int:
    lock_name(f"campaigns {place[0]}")
    still_new = Comment.id.in_(ids), Comment.compared_at.is_(None)
    if not ids or session.scalar(select(func.count()).where(*still_new)) != len(ids):
        return 0
    session.execute(update(Comment).where(Comment.id.in_(ids)).values(compared_at=now))
    if findings.signatures:
        rows = [{"comment_id": key, "hashes": hashes} for key, hashes in findings.signatures.items()]
        session.execute(insert(CommentSignature), rows)
    numbers: dict[int, int] = {}
    for number, founders in findings.founded.items():
        consultation_id = session.scalar(select(Comment.consultation_id).where(Comment.id == founders[0]))
        campaign = Campaign(consultation_id=consultation_id, found_at=now)
        session.add(campaign)
        session.flush()
        numbers[number] = campaign.id
        _sign(campaign.id, founders)
    for campaign_id in sorted(set(findings.joined.values())):
        members = [key for key, joined in findings.joined.items() if joined == campaign_id]
        _sign(numbers.get(campaign_id, campaign_id), members)
    for campaign_id in {*numbers.values(), *findings.joined.values()} - set(numbers):
        count(campaign_id)
    return len(ids)


def _sign(campaign_id: int, members: Sequence[int]) -> None:
    chosen = update(Comment).where(Comment.id.in_(members))
    session.execute(chosen.values(campaign_id=campaign_id, is_copy=True))


def count(campaign_id: int) -> None:
    """How many sign a campaign, and which of them stands for it: the first whose words are shown."""
    members = select(Comment.id).where(Comment.campaign_id == campaign_id)
    signing = members.where(Comment.withdrawn_at.is_(None))
    shown = signing.where(Comment.hidden_at.is_(None)).order_by(Comment.id)
    first = session.scalar(shown.limit(1)) or session.scalar(members.order_by(Comment.id).limit(1))
    signatures = select(func.count()).select_from(signing.subquery()).scalar_subquery()
    session.execute(update(Campaign).where(Campaign.id == campaign_id).values(signatures=signatures))
    of_it = update(Comment).where(Comment.campaign_id == campaign_id)
    session.execute(of_it.values(is_copy=Comment.id != first))
