"""A consultation is announced, and what may still change of it: open for longer, called off before it opens.

From its announcement on its words and its texts stand as everyone reads them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.consultations import policy
from cocreation.consultations.models import Consultation, ConsultedText, TellingKind
from cocreation.consultations.services.tellings import ask_to_tell
from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.cycles.models import FEWEST_DAYS
from cocreation.documents.models import Document
from cocreation.documents.services import put_to_comment
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.ledger import journal


class AnswersBeforeClosing(Invalid):
    sentence = _l("Answers cannot be promised for a day before comments close: choose a later one.")


class AlreadyAnnounced(Refusal):
    sentence = _l(
        "This consultation is announced: what everyone reads of it stays. It can be open for longer, or be "
        "called off before it opens."
    )


class NotAnnouncedYet(Refusal):
    sentence = _l("This consultation is not announced yet: change it, or remove it.")


class NoTextChosen(Refusal):
    sentence = _l("No text is chosen: there is nothing to comment on.")


class WordsOfLanguageMissing(Refusal):
    sentence = _l("“%(field)s” is missing in %(in_language)s.")


class SummaryMissing(Refusal):
    sentence = _l("These texts have no summary in %(in_language)s: %(references)s.")


class OpensInThePast(Refusal):
    sentence = _l("It would open before it is announced: choose a later opening.")


class AnnouncedLate(Refusal):
    sentence = _l(
        "It would be announced %(days)s days before it opens, and the rule of the cycle is %(rule)s: open it "
        "later, or give a reason that everyone reads."
    )


class OpenTooShort(Refusal):
    sentence = _l(
        "It would be open for %(days)s days, and the rule of the cycle is %(rule)s: close it later, or give "
        "a reason that everyone reads."
    )


class BelowTheFloor(Refusal):
    sentence = _l(
        "It would be open for %(days)s days: fewer than %(floor)s are never possible, whatever the reason "
        "(decree 2-08-229 of 21 May 2009)."
    ).filled(floor=FEWEST_DAYS)


class ConsultedElsewhere(Refusal):
    sentence = _l("%(text)s is in consultation %(reference)s, which is not closed: take it out of this one.")


class NotLonger(Invalid):
    sentence = _l("A consultation is never shortened: choose a closing later than %(until)s.")


class ReasonInEachLanguage(Invalid):
    sentence = _l("Give the reason in Arabic and in French: everyone reads it.")


class ConsultationClosed(Refusal):
    sentence = _l("This consultation is closed: it cannot be open for longer any more.")


class HasOpened(Refusal):
    sentence = _l(
        "This consultation has opened: it cannot be called off any more, since people comment on it."
    )


class ConsultationCalledOff(AlreadyDone):
    sentence = _l("This consultation is called off. Nothing was changed.")


# What is said of a consultation in every language of the state before it is announced.
TITLE, NOTE = _l("Title"), _l("Explanatory note")
QUESTIONS, FOLLOW_UP = _l("Questions"), _l("What will be done with the comments")
REASON = _l("Why less time than the rules give")


def lacks(consultation: Consultation, now: datetime) -> list[Refusal]:
    """Why it cannot be announced at this moment, a sentence for each; its cycle and its texts with their
    documents are loaded.
    """
    return [
        *_lacks_of_texts(consultation),
        *_lacks_of_words(consultation),
        *_lacks_of_time(consultation, now),
        *_consulted_elsewhere(consultation, now),
    ]


def announce(consultation_id: int, *, by: int, now: datetime) -> Consultation:
    """Everyone reads it from now on, and its texts in the versions they are frozen in, whose digests go into
    the register; the worker tells whom it is told to. Raises AlreadyAnnounced, and the first of its `lacks`.
    """
    consultation = _locked(consultation_id)
    if consultation.announced_at:
        raise AlreadyAnnounced
    for refusal in lacks(consultation, now):
        raise refusal
    consultation.announced_at, consultation.announced_by = now, by
    if not _needs_reason(consultation, now):
        consultation.shortened_why = None
    digests = [
        {
            "text": text.document.reference,
            "version": text.version,
            "digest": put_to_comment(text.document_id, text.version, now=now),
        }
        for text in sorted(consultation.texts, key=lambda text: text.document_id)
    ]
    ask_to_tell(consultation.id, TellingKind.ANNOUNCED, now)
    audit.record("consultation announced", consultation.reference, by=by, now=now)
    journal.append(
        journal.Action.CONSULTED,
        consultation.reference,
        now,
        opens_at=consultation.opens_at.isoformat(),
        closes_at=consultation.closes_at.isoformat(),
        texts=digests,
    )
    return consultation


def extend(
    consultation_id: int,
    closes_at: datetime,
    answers_by: date,
    why: Translated,
    *,
    by: int,
    now: datetime,
) -> Consultation:
    """Let it be open for longer, with a reason that everyone reads. Raises NotAnnouncedYet,
    ConsultationCalledOff, ConsultationClosed, NotLonger, AnswersBeforeClosing, ReasonInEachLanguage.
    """
    consultation = _announced(consultation_id)
    if now >= consultation.closes_at:
        raise ConsultationClosed
    if closes_at <= consultation.closes_at:
        raise NotLonger(until=i18n.format_datetime(consultation.closes_at))
    if answers_by < day_of(closes_at):
        raise AnswersBeforeClosing
    _check_reason(why)
    consultation.closed_at_first = consultation.closed_at_first or consultation.closes_at
    consultation.closes_at, consultation.answers_by = closes_at, answers_by
    consultation.extended_why = why
    ask_to_tell(consultation.id, TellingKind.EXTENDED, now)
    audit.record("consultation extended", consultation.reference, by=by, now=now)
    told = {"closes_at": closes_at.isoformat(), "reason": dict(why)}
    journal.append(journal.Action.EXTENDED, consultation.reference, now, **told)
    return consultation


def call_off(consultation_id: int, why: Translated, *, by: int, now: datetime) -> Consultation:
    """It will not open, for a reason that everyone reads. Raises NotAnnouncedYet, ConsultationCalledOff,
    HasOpened, ReasonInEachLanguage.
    """
    consultation = _announced(consultation_id)
    if now >= consultation.opens_at:
        raise HasOpened
    _check_reason(why)
    consultation.called_off_at, consultation.called_off_why = now, why
    ask_to_tell(consultation.id, TellingKind.CALLED_OFF, now)
    audit.record("consultation called off", consultation.reference, by=by, now=now)
    journal.append(journal.Action.CALLED_OFF, consultation.reference, now, reason=dict(why))
    return consultation


def _lacks_of_texts(consultation: Consultation) -> Iterator[Refusal]:
    if not consultation.texts:
        yield NoTextChosen()
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for text in consultation.texts:
        for language in _missing(text.summary):
            lacking[language].append(text.document.reference)
    for language, references in lacking.items():
        yield SummaryMissing(references=", ".join(references), in_language=language)


def _lacks_of_words(consultation: Consultation) -> Iterator[Refusal]:
    said: list[tuple[Lazy, Translated]] = [
        (TITLE, consultation.title),
        (NOTE, consultation.note),
        (QUESTIONS, consultation.questions),
        (FOLLOW_UP, consultation.follow_up),
    ]
    if consultation.shortened_why:
        said.append((REASON, consultation.shortened_why))
    for field, words in said:
        for language in _missing(words):
            yield WordsOfLanguageMissing(field=field, in_language=language)


def _lacks_of_time(consultation: Consultation, now: datetime) -> Iterator[Refusal]:
    """The rules of the cycle, and the floor that no reason lowers."""
    opens_at, closes_at, cycle = consultation.opens_at, consultation.closes_at, consultation.cycle
    if opens_at <= now:
        yield OpensInThePast()
    days = policy.days_open(opens_at, closes_at)
    if days < FEWEST_DAYS:
        yield BelowTheFloor(days=days)
    elif days < cycle.consultation_days and not consultation.shortened_why:
        yield OpenTooShort(days=days, rule=cycle.consultation_days)
    before = policy.days_before(opens_at, now)
    if now < opens_at and before < cycle.announce_days and not consultation.shortened_why:
        yield AnnouncedLate(days=before, rule=cycle.announce_days)


def _needs_reason(consultation: Consultation, now: datetime) -> bool:
    opens_at, closes_at, cycle = consultation.opens_at, consultation.closes_at, consultation.cycle
    return (
        policy.days_open(opens_at, closes_at) < cycle.consultation_days
        or policy.days_before(opens_at, now) < cycle.announce_days
    )


def _consulted_elsewhere(consultation: Consultation, now: datetime) -> Iterator[Refusal]:
    """A text is in one consultation at a time: what changes it afterwards has its causes there."""
    others = (
        select(Document.reference, Consultation.reference)
        .join(ConsultedText, ConsultedText.document_id == Document.id)
        .join(Consultation, Consultation.id == ConsultedText.consultation_id)
        .where(
            Document.id.in_([text.document_id for text in consultation.texts]),
            Consultation.id != consultation.id,
            Consultation.announced_at.is_not(None),
            Consultation.called_off_at.is_(None),
            Consultation.closes_at > now,
        )
        .order_by(Document.reference)
    )
    for text, reference in session.execute(others):
        yield ConsultedElsewhere(text=text, reference=reference)


def _missing(words: Translated) -> list[str]:
    """The languages of the state in which nothing is said, by their names."""
    return [i18n.LANGUAGES[code].name for code in i18n.REQUIRED if not words.get(code)]


def _check_reason(why: Translated) -> None:
    if _missing(why):
        raise ReasonInEachLanguage


def _announced(consultation_id: int) -> Consultation:
    consultation = _locked(consultation_id)
    if consultation.announced_at is None:
        raise NotAnnouncedYet
    if consultation.called_off_at:
        raise ConsultationCalledOff
    return consultation


def _locked(consultation_id: int) -> Consultation:
    texts = selectinload(Consultation.texts).options(joinedload(ConsultedText.document))
    return lock(Consultation, consultation_id, joinedload(Consultation.cycle), texts)
