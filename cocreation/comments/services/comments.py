"""Sending a comment or a reply, confirming it, taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.comments import emails, policy
from cocreation.comments.models import (
    Comment,
    Commenter,
    CommenterKind,
    Memorandum,
    Stance,
)
from cocreation.comments.refusals import (
    CommentAnswered,
    CommentConfirmed,
    CommentLinkExpired,
    CommentMailsEnough,
    CommentsCalledOff,
    CommentsClosed,
    CommentsNotOpen,
    SectionNotThere,
    SuggestionAcross,
    SuggestionEmpty,
    SuggestionIsTheText,
    SuggestionOfNothing,
)
from cocreation.comments.services import campaigns, vouchers
from cocreation.comments.suggestions import Suggestion, suggestion
from cocreation.consultations.models import Consultation, ConsultationStage, ConsultedText
from cocreation.core import clock, outbox, secrets
from cocreation.core.database import found, lock, session
from cocreation.documents.models import Section
from cocreation.documents.queries import text_at
from cocreation.documents.sections import SectionWords
from cocreation.files.content import File
from cocreation.languages import i18n
from cocreation.text.language_guess import guess_language

# How many characters a section has whose words, whole in a suggestion for another, are no chance.
TELLING = 40


@dataclass(frozen=True)
class CommentWords:
    """What somebody says. `sections` are the names of what it is about: none for the whole text. With
    `edited`, the section as they would have it, in the language `edited_in`.
    """

    stance: Stance
    words: str
    sections: Sequence[str] = ()
    edited: str | None = None
    edited_in: str = ""


@dataclass(frozen=True)
class Speaker:
    """Who says it. The name is shown only where `is_named`; `association_id` is the verified association they
    say to speak for.
    """

    email: str
    kind: CommenterKind = CommenterKind.PERSON
    name: str | None = None
    is_named: bool = False
    region_code: str | None = None
    association_id: int | None = None


@dataclass(frozen=True)
class Sending:
    """By what a form came: `once` is its number, of which there is one comment.

    `moment` is asked for the time once the consultation is locked: nobody who waited for the lock is counted
    by the time before.
    """

    once: str
    moment: Callable[[], datetime]


def send(
    text_id: int, said: CommentWords, speaker: Speaker, sending: Sending, memorandum: File | None = None
) -> Comment:
    """A comment with its number and the moment at which it came, and the mail whose link confirms it. The
    same sending returns the same comment.

    Raises CommentsNotOpen, CommentsClosed, SectionNotThere, and what is wrong with a
    suggestion.
    """
    text = found(session.get(ConsultedText, text_id))
    consultation = lock(Consultation, text.consultation_id)
    now = sending.moment()
    if sent := _sent(sending.once):
        return sent
    check_open(consultation, now)
    section, place, change = _about(text, said)
    comment = _new(consultation, text.id, said, speaker, once=sending.once, now=now)
    comment.section_id, comment.place = section.id if section else None, place
    if change:
        comment.quote, comment.before, comment.after = change.quote, change.before, change.after
        comment.wording, comment.suggested_in = change.wording, said.edited_in
    session.add(comment)
    session.flush()
    if memorandum:
        _attach(comment, memorandum)
    emails.ask_to_confirm(comment, language=i18n.current().code, until=policy.expires_at(now))
    return comment


def reply(comment_id: int, said: CommentWords, speaker: Speaker, sending: Sending) -> Comment:
    """A reply to a comment, or to the comment that it is a reply to itself. As `send`."""
    parent = found(session.get(Comment, comment_id))
    consultation = lock(Consultation, parent.consultation_id)
    now = sending.moment()
    if sent := _sent(sending.once):
        return sent
    check_open(consultation, now)
    head = lock(Comment, parent.parent_id or parent.id)
    if head.confirmed_at is None or head.is_silent:
        raise SectionNotThere
    comment = _new(consultation, head.text_id, said, speaker, once=sending.once, now=now)
    comment.parent_id, comment.section_id, comment.place = head.id, head.section_id, head.place
    session.add(comment)
    session.flush()
    emails.ask_to_confirm(comment, language=i18n.current().code, until=policy.expires_at(now))
    return comment


def check_open(consultation: Consultation, now: datetime) -> None:
    """Raises CommentsNotOpen, CommentsClosed, CommentsCalledOff, NotFound where nobody is to know of it."""
    stage = consultation.stage(now)
    if stage is ConsultationStage.OPEN:
        return
    if stage is ConsultationStage.CALLED_OFF:
        raise CommentsCalledOff
    if stage is ConsultationStage.PREPARED:
        found(None)
    if stage is ConsultationStage.ANNOUNCED:
        raise CommentsNotOpen(opens=consultation.opens_at)
    raise CommentsClosed(closes=consultation.closes_at)


def _sent(once: str) -> Comment | None:
    return session.scalar(select(Comment).where(Comment.once == once))


def _about(text: ConsultedText, said: CommentWords) -> tuple[Section | None, int, Suggestion | None]:
    """The section a comment is about, its place in the consulted version, and what it would change there."""
    names = list(dict.fromkeys(said.sections))
    is_suggestion = said.stance is Stance.SUGGEST
    if len(names) > 1:
        raise SuggestionAcross
    if not names:
        if is_suggestion:
            raise SuggestionOfNothing
        return None, 0, None
    standing = text_at(text.document_id, text.version)
    places = {words.uid: place for place, words in enumerate(standing, 1)}
    named = Section.document_id == text.document_id, Section.uid == names[0]
    section = session.scalar(select(Section).where(*named))
    if section is None or section.uid not in places:
        raise SectionNotThere
    place = places[section.uid]
    return section, place, _change(standing, place, said) if is_suggestion else None


def _change(standing: Sequence[SectionWords], place: int, said: CommentWords) -> Suggestion:
    edited, stands = (said.edited or "").strip(), standing[place - 1].text.get(said.edited_in, "")
    if not stands:
        raise SectionNotThere
    if not edited:
        raise SuggestionEmpty
    others = (words.text.get(said.edited_in, "") for words in standing if words is not standing[place - 1])
    if any(_repeats(edited, other, stands) for other in others):
        raise SuggestionAcross
    change = suggestion(stands, edited)
    if change is None:
        raise SuggestionIsTheText
    return change


def _repeats(edited: str, other: str, stands: str) -> bool:
    """Whether somebody would say in one section what another one says, too."""
    return len(other) >= TELLING and other in edited and other not in stands


def _new(
    consultation: Consultation,
    text_id: int,
    said: CommentWords,
    speaker: Speaker,
    *,
    once: str,
    now: datetime,
) -> Comment:
    consultation.comments += 1
    number = consultation.comments
    return Comment(
        consultation_id=consultation.id,
        text_id=text_id,
        number=number,
        reference=f"{consultation.reference}-{number:04}",
        once=once,
        receipt=secrets.new_receipt(),
        stance=said.stance,
        words=said.words,
        language=guess_language(said.words) if said.words else said.edited_in,
        sent_at=now,
        commenter=Commenter(
            kind=speaker.kind,
            name=speaker.name or None,
            is_named=bool(speaker.name and speaker.is_named),
            email=speaker.email,
            region_code=speaker.region_code,
            association_id=speaker.association_id,
            consented_at=now,
        ),
    )


def _attach(comment: Comment, file: File) -> None:
    row = Memorandum(
        comment_id=comment.id,
        name=file.name,
        size=len(file.content),
        digest=file.digest,
        content=file.content,
    )
    session.add(row)
    session.flush()


def ask_again(comment_id: int, address: str, *, now: datetime) -> Comment:
    """Who sent a comment and has not confirmed it is written to once more, at another `address` where they
    mistyped the first: then the link that went there opens nothing any more.

    Raises NotFound, CommentConfirmed, CommentLinkExpired, CommentMailsEnough.
    """
    comment = lock(Comment, comment_id, joinedload(Comment.commenter))
    until = policy.expires_at(comment.sent_at)
    if comment.confirmed_at:
        raise CommentConfirmed
    if until <= now:
        raise CommentLinkExpired(day=clock.day_of(until))
    key = emails.another_to_confirm(comment)
    if key is None:
        raise CommentMailsEnough
    if comment.commenter.email != address:
        outbox.withdraw(comment.receipt)
        comment.commenter.email, comment.receipt = address, secrets.new_receipt()
    emails.ask_to_confirm(comment, language=i18n.current().code, until=until, key=key)
    return comment


def confirm(receipt: str, *, now: datetime) -> Comment:
    """Who commented proves the address: it is public and counts. Once; then nothing changes.

    What was sent while comments were accepted may be confirmed after they closed. Raises NotFound,
    CommentLinkExpired.
    """
    comment = _locked(receipt)
    if comment.confirmed_at:
        return comment
    until = policy.expires_at(comment.sent_at)
    if until <= now:
        raise CommentLinkExpired(day=clock.day_of(until))
    comment.confirmed_at = now
    if comment.parent_id is not None:
        lock(Comment, comment.parent_id).replies += 1
    consultation = session.get_one(Consultation, comment.consultation_id)
    emails.send_receipt(comment, language=i18n.current().code, consultation=consultation.reference)
    vouchers.ask(comment)
    return comment


def withdraw(receipt: str, *, now: datetime) -> Comment:
    """Who wrote a comment takes it back: its words are shown no more; its number and its dates stay.

    Raises NotFound, CommentAnswered.
    """
    comment = _locked(receipt)
    if comment.withdrawn_at:
        return comment
    if not policy.can_withdraw(comment):
        raise CommentAnswered
    fall_silent(comment, now=now)
    return comment


def fall_silent(comment: Comment, *, now: datetime) -> None:
    """Its words are shown no more, and it signs no campaign any more."""
    comment.withdrawn_at = now
    session.flush()
    if comment.campaign_id is not None:
        campaigns.count(comment.campaign_id)


def _locked(receipt: str) -> Comment:
    key = session.scalar(select(Comment.id).where(Comment.receipt == receipt)) if receipt else None
    return lock(Comment, key, joinedload(Comment.commenter))
