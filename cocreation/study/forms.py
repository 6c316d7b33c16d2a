"""Forms of referrals, of criteria, and of answers: typed, by spreadsheet, given to a colleague."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from wtforms import Field

from cocreation.accounts.models import Grant
from cocreation.core.contacts import LONGEST_WEB_ADDRESS
from cocreation.core.database import Translated
from cocreation.directory.models import Institution
from cocreation.ideas.forms.choices import ChosenForm, as_number, as_text, best, named, outcome, promised
from cocreation.languages.i18n import LANGUAGES, lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate
from cocreation.study.models import ANSWERS, Criterion, Referral
from cocreation.study.services.answers import InstitutionAnswer
from cocreation.study.services.criteria import LONGEST_NOTE, SCORES, Score
from cocreation.web.fields import DateField, IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import REQUIRED, BooleanField, Form, choose, choose_several, email, line

# Where an idea goes that no institution of the list can take.
ELSEWHERE = "elsewhere"


class InstitutionAnswerForm(ChosenForm):
    """The answer to one idea, or to several chosen in the bundle; made by `answer_form`."""

    asked_in_a_case = ("commitment", "proof_url", "transfer_to")
    outcome = outcome(_l("Answer and reason"), ANSWERS, required=True)
    reason_text = TranslatedField(_l("Explanation for the author and everyone else"), long=True)
    commitment = choose(
        _l("Commitment that includes it"),
        [],
        required=False,
        description=_l("Only when it is included, wholly or partly."),
    )
    proof_url = line(
        _l("Link where it can be seen"),
        required=False,
        limit=LONGEST_WEB_ADDRESS,
        description=_l("Only when it is already under way: the address of a public page that shows it."),
    )
    transfer_to = choose(
        _l("Transfer to"),
        [],
        required=False,
        description=_l("Only when it is transferred: it is then sent to that institution at once."),
    )
    criteria: Sequence[Criterion] = ()
    is_unfinished = False  # a draft: nothing need be there

    def scoring(self) -> Iterator[tuple[Criterion, Field, Field]]:
        """Each criterion with the fields of its score and its note."""
        for criterion in self.criteria:
            yield criterion, self[f"score_{criterion.id}"], self[f"note_{criterion.id}"]

    def answer(self) -> InstitutionAnswer:
        fate, reason = self.outcome.data
        destination = self.transfer_to.data
        return InstitutionAnswer(
            fate,
            reason,
            self.reason_text.data,
            as_number(self.commitment.data),
            self.proof_url.data or None,
            as_number(destination) if destination != ELSEWHERE else None,
            {
                criterion.id: Score(int(score.data), note.data or "")
                for criterion, score, note in self.scoring()
                if score.data is not None
            },
        )

    def validate(self, extra_validators: object = None) -> bool:
        """Where it is transferred to must be said, since nowhere on the list is a choice of its own."""
        if not super().validate(extra_validators):
            return False
        if self.is_unfinished:
            return True
        if self.outcome.data[0] is Fate.TRANSFERRED and not self.transfer_to.data:
            self.transfer_to.errors = [_l("Say to which body it is transferred.")]
            return False
        return True


def answer_form(
    commitments: Sequence[Commitment],
    institutions: Sequence[Institution],
    criteria: Sequence[Criterion],
    referral: Referral | None = None,
    given: Mapping[str, object] | None = None,
) -> InstitutionAnswerForm:
    """The form of an answer under the cycle's criteria, filled in as `given`, else as it was answered."""
    fields: dict[str, object] = {"criteria": criteria}
    for criterion in criteria:
        points = [(str(n), f"{n} · {word}") for n, word in enumerate(SCORES)]
        fields[f"score_{criterion.id}"] = choose(best(criterion.name), points, required=False)
        fields[f"note_{criterion.id}"] = line(
            _l("Note on “%(criterion)s”", criterion=best(criterion.name)), required=False, limit=LONGEST_NOTE
        )
    form: InstitutionAnswerForm = type("AnswerForm", (InstitutionAnswerForm,), fields)(
        **(given or _given(referral))
    )
    for _criterion, score, _note in form.scoring():
        score.required = True  # though not of an idea that is transferred: the service knows
    form.commitment.choices = promised(commitments)
    others = [
        institution
        for institution in institutions
        if referral is None or institution.id != referral.institution_id
    ]
    elsewhere = (ELSEWHERE, _l("another body, named in the explanation"))
    form.transfer_to.choices = [("", "—"), *named(others), elsewhere]
    return form


def _given(referral: Referral | None) -> dict[str, object]:
    if referral is None or not referral.answer:
        return {}
    transferred = referral.answer is Fate.TRANSFERRED
    given: dict[str, object] = {
        "outcome": (referral.answer, referral.reason),
        "reason_text": referral.reason_text or Translated(),
        "commitment": as_text(referral.commitment_id),
        "proof_url": referral.proof_url,
        "transfer_to": as_text(referral.transfer_to_id) or (ELSEWHERE if transferred else None),
    }
    for assessment in referral.assessments:
        given[f"score_{assessment.criterion_id}"] = str(assessment.score)
        given[f"note_{assessment.criterion_id}"] = assessment.note
    return given


class DelegateForm(ChosenForm):
    """To whom the ticked ideas are given; to nobody is back to the focal point."""

    delegate = choose(_l("Given to"), [], required=False)

    def __init__(self, colleagues: Sequence[Grant], several: Sequence[Institution] = ()) -> None:
        super().__init__()
        bodies = {institution.id: best(institution.name) for institution in several}
        people = {grant.person_id: _called(grant, bodies) for grant in colleagues}
        nobody = ("", _l("nobody: the focal point answers"))
        self.delegate.choices = [nobody, *((str(person_id), name) for person_id, name in people.items())]

    @property
    def person_id(self) -> int | None:
        return as_number(self.delegate.data)


def _called(grant: Grant, bodies: dict[int, str]) -> str:
    body = bodies.get(grant.scope_id or 0)
    return f"{grant.person.name} · {body}" if body else grant.person.name


class NewColleague(TypedDict):
    """Whom a focal point invites, and in which language."""

    email: str
    name: str
    language: str


class ColleagueForm(Form):
    email = email(_l("E-mail"))
    name = line(_l("Name"), limit=120)
    institution = choose(_l("Institution"), [])
    language = choose(
        _l("Language of the mail"), [(language.code, language.name) for language in LANGUAGES.values()]
    )

    def __init__(self, institutions: Sequence[Institution]) -> None:
        super().__init__()
        self.institution.choices = named(institutions)

    @property
    def institution_id(self) -> int:
        return int(self.institution.data)

    def person(self) -> NewColleague:
        return {"email": self.email.data, "name": self.name.data, "language": self.language.data}


class CriterionForm(Form):
    name = TranslatedField(_l("Name"))
    weight = IntegerField(
        _l("Weight"),
        [REQUIRED, NumberRange(1, 100, _l("A weight is a whole number from 1 to 100."))],
        default=20,
        description=_l("From 1 to 100; what counts is how it compares with the others."),
    )


class ToInstitutionsForm(ChosenForm):
    """Ideas ticked in a list, or `every` idea that the address leaves in it, and institutions."""

    every = BooleanField(_l("All of them, also those of the other pages"))
    institutions = choose_several(_l("Institutions"), [])

    def __init__(self, institutions: Sequence[Institution]) -> None:
        super().__init__()
        self.institutions.choices = named(institutions)

    @property
    def institution_ids(self) -> list[int]:
        return [int(typed) for typed in self.institutions.data]


class ReferralForm(ToInstitutionsForm):
    due_on = DateField(_l("Answer by"), [REQUIRED])


class RecallForm(ToInstitutionsForm):
    """Why what is ticked is taken back from the institutions."""

    why = TranslatedField(
        _l("Why they are taken back"), long=True, limit=1000, description=_l("Everyone will read it.")
    )


class SentToForm(Form):
    """To which institution the ideas of a list were sent; read from the address."""

    institution = choose(_l("Sent to"), [], required=False)

    def __init__(self, institutions: Sequence[Institution], chosen: int | None) -> None:
        super().__init__()
        self.institution.choices, self.institution.data = (
            [("", _l("—")), *named(institutions)],
            as_text(chosen),
        )
