"""Forms of consultations."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.consultations.models import Consultation
from cocreation.consultations.queries import followings
from cocreation.consultations.services.announcement import FOLLOW_UP, NOTE, QUESTIONS, REASON, TITLE
from cocreation.consultations.services.preparation import ConsultationDetails
from cocreation.core import clock
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Document
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.text.markup import isolate_text
from cocreation.web.fields import DateField, TranslatedField
from cocreation.web.forms import REQUIRED, Form, choose, choose_several, email, moment
from cocreation.web.rendering import translated_text

CASABLANCA = _l("By the clock in Casablanca.")


class ConsultationForm(Form):
    """What a consultation is about, when it is open, what becomes of comments."""

    title = TranslatedField(TITLE)
    note = TranslatedField(
        NOTE, long=True, description=_l("What it is about and why now, for people who read of it first.")
    )
    questions = TranslatedField(
        QUESTIONS, long=True, limit=2000, description=_l("What you want to know, a question on each line.")
    )
    follow_up = TranslatedField(
        FOLLOW_UP,
        long=True,
        limit=2000,
        description=_l("Who reads them, who answers, and where each answer is published."),
    )
    opens_at = moment(_l("Opens"), description=CASABLANCA)
    closes_at = moment(
        _l("Closes"),
        description=_l("By the clock in Casablanca; from this minute on no comment is accepted."),
    )
    answers_by = DateField(_l("Every comment is answered by"), [REQUIRED])
    shortened_why = TranslatedField(
        REASON,
        long=True,
        limit=1000,
        required=False,
        description=_l(
            "Only where it is announced later, or open for less, than the rules of the cycle ask. Everyone "
            "reads it."
        ),
    )

    def details(self) -> ConsultationDetails:
        return ConsultationDetails(
            title=self.title.data,
            note=self.note.data,
            questions=self.questions.data,
            follow_up=self.follow_up.data,
            opens_at=self.opens_at.data,
            closes_at=self.closes_at.data,
            answers_by=self.answers_by.data,
            shortened_why=self.shortened_why.data,
        )


class NewConsultationForm(ConsultationForm):
    """The same, with its cycle."""

    cycle = choose(_l("Cycle"), [])

    def __init__(self, cycles: Sequence[Cycle]) -> None:
        super().__init__()
        self.cycle.choices = [(str(cycle.id), translated_text(cycle.title)) for cycle in cycles]


class TextsForm(Form):
    """Texts of the cycle, by their references."""

    documents = choose_several(_l("Texts to put to comment"), [])

    def __init__(self, documents: Sequence[Document]) -> None:
        super().__init__()
        self.documents.choices = [(document.reference, _named(document)) for document in documents]


def _named(document: Document) -> str:
    return _(
        "%(reference)s · %(title)s · version %(version)s",
        reference=isolate_text(document.reference),
        title=translated_text(document.title),
        version=document.latest,
    )


class SummaryForm(Form):
    asked_in_a_case = ("summary",)  # before the announcement, in both languages

    summary = TranslatedField(
        _l("Summary in plain language"),
        long=True,
        limit=1500,
        required=False,
        description=_l(
            "A few short sentences: what would change, for whom, from when. No word of the trade."
        ),
    )


class ExtensionForm(Form):
    """A later end, and why."""

    closes_at = moment(_l("Closes"), description=CASABLANCA)
    answers_by = DateField(_l("Every comment is answered by"), [REQUIRED])
    why = TranslatedField(
        _l("Why it is open for longer"), long=True, limit=1000, description=_l("It is published.")
    )

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(closes_at=consultation.closes_at, answers_by=consultation.answers_by)


class CallingOffForm(Form):
    why = TranslatedField(
        _l("Why it is called off"), long=True, limit=1000, description=_l("It is published.")
    )


class FollowForm(Form):
    """An address, and what it wants to be told of."""

    subject = choose(_l("What do you want to follow?"), [])
    email = email(
        _l("E-mail"),
        description=_l("We send it one mail, to confirm that it is really you. It is never published."),
    )

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.subject.choices = [
            (value, f"{kind}{_(': ')}{translated_text(name)}")
            for value, kind, name, _columns in followings.offers(clock.now())
        ]
