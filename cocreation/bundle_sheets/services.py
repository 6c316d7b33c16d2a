"""A bundle as a spreadsheet: taken away, filled in, sent back; all of it is taken or nothing.

The rows are known by the reference of the idea (and the institution, where a person speaks for several).
A row without an answer is left alone, one that says what was answered already changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from cocreation.core.database import Translated, found, session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle, Theme
from cocreation.directory.models import Institution, Region
from cocreation.files.dataset import Dataset, Field
from cocreation.files.sheets.columns import Column, match_choice
from cocreation.files.sheets.refusals import Problems
from cocreation.files.sheets.table import Row
from cocreation.files.sheets.values import ValueList, known_in
from cocreation.languages import i18n
from cocreation.languages.i18n import LANGUAGES, Lazy, lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.study.models import ANSWERS, Criterion, Referral
from cocreation.study.policy import Bundle
from cocreation.study.queries.bundle import bundle_of_cycle, commitments
from cocreation.study.queries.criteria import criteria as criteria_of
from cocreation.study.queries.referrals import institutions
from cocreation.study.refusals import (
    AnswerForgotten,
    ExplanationTooLong,
    NoCommitment,
    NotAScore,
    OtherWords,
    RowRepeated,
    UnknownReference,
    WhereTo,
    WhichInstitution,
)
from cocreation.study.services.answers import AnswersToGive, InstitutionAnswer
from cocreation.study.services.criteria import BEST, Score
from cocreation.text.cleanup import clean_line
from cocreation.text.markup import isolate_text
from cocreation.text.spelling import fold

LONGEST_TEXT = 5000  # characters, as in the form
COMPARED = 200  # letters by which an idea is known again

REFERENCE, INSTITUTION, IDEA = _l("Reference"), _l("Institution"), _l("Idea")
THEME, REGION, DUE = _l("Theme"), _l("Region"), _l("Answer by")
ANSWER, REASON, EXPLANATION = _l("Your answer"), _l("Reason"), _l("Explanation")
PROOF, TRANSFER, COMMITMENT = _l("Link where it can be seen"), _l("Transfer to"), _l("Commitment")
ELSEWHERE = _l("another body, named in the explanation")


def explanation_in(code: str) -> Lazy:
    """What stands over the explanations in a language."""
    return _l("%(column)s (%(language)s)", column=EXPLANATION, language=LANGUAGES[code].name)


@dataclass
class SheetSummary:
    """What was understood: how many rows have a first answer, another one, the same one, or none."""

    new: int = 0
    changed: int = 0
    same: int = 0
    blank: int = 0

    @property
    def given(self) -> int:
        return self.new + self.changed


def bundle_sheet(own_bundle: Bundle, cycle_id: int) -> bytes:
    """A workbook of what a person has to answer, or can still correct, in the reader's language.

    Raises NotFound when nothing in the cycle is theirs.
    """
    table = _BundleTable(own_bundle, cycle_id)
    return table.dataset.xlsx(referral for referral in table.referrals if not referral.idea.is_settled)


def columns_of(own_bundle: Bundle, cycle_id: int) -> Sequence[Column]:
    """The columns of such a sheet. Raises NotFound when nothing in the cycle is theirs."""
    return _BundleTable(own_bundle, cycle_id).dataset.fields


def lists_of(own_bundle: Bundle, cycle_id: int) -> list[ValueList]:
    """What cells of such a sheet are chosen from. Raises NotFound when nothing in the cycle is theirs."""
    table = _BundleTable(own_bundle, cycle_id)
    reasons = {reason.value: i18n.everywhere(reason.label) for fate in ANSWERS for reason in REASONS[fate]}
    words = {"answer": table.fates, "reason": reasons, "transfer": table.bodies}
    listed = (field for field in table.dataset.fields if field.key in words)
    choices = {field.key: dict(zip(field.choices, field.choices, strict=True)) for field in listed}
    return [ValueList(key, choices[key], known_in(words[key]), stands_alone=False) for key in words]


def import_answers(
    own_bundle: Bundle,
    cycle_id: int,
    rows: Sequence[Row],
    *,
    write: bool,
    by: int,
    now: datetime,
) -> SheetSummary:
    """Give the answers of the rows of a filled-in sheet; with `write=False` only say what was understood.

    Raises NotFound, and SheetRefused naming every row that cannot be taken.
    """
    table, problems, summary = _BundleTable(own_bundle, cycle_id), Problems(), SheetSummary()
    row_of: dict[int, Row] = {}
    answers: dict[int, InstitutionAnswer] = {}
    for row in rows:
        with problems.at(row):
            referral = table.referral(row)
            if referral.id in row_of:
                first = row_of[referral.id]
                raise RowRepeated(reference=row["reference"], row=str(first.number))
            row_of[referral.id] = row
            given = table.answer(row, referral)
            if given is None:
                summary.blank += 1
            elif _is_said(referral, given):
                summary.same += 1
            else:
                answers[referral.id] = given
    problems.refuse()
    summary.new = sum(referral.id in answers and referral.answer is None for referral in table.referrals)
    summary.changed = len(answers) - summary.new
    giving = AnswersToGive(answers)
    for referral in giving.referrals:
        with problems.at(row_of[referral.id]):
            giving.check(referral, now)
    problems.refuse()
    if write and answers:
        giving.write(by=by, now=now)
    return summary


class _BundleTable:
    """A person's bundle of one cycle, as columns and rows."""

    def __init__(self, own_bundle: Bundle, cycle_id: int) -> None:
        self.cycle: Cycle = found(session.get(Cycle, cycle_id))
        self.referrals: Sequence[Referral] = bundle_of_cycle(own_bundle, cycle_id)
        if not self.referrals:
            raise NotFound
        self.criteria: list[Criterion] = criteria_of(cycle_id)
        self.commitments: list[Commitment] = commitments(cycle_id)
        self.institutions: list[Institution] = institutions()
        self.fates = {fate.value: i18n.everywhere(fate.label) for fate in ANSWERS}
        self.bodies = {str(body.id): (body.slug, *body.name.values()) for body in self.institutions}
        self.bodies[""] = i18n.everywhere(ELSEWHERE)

    @cached_property
    def dataset(self) -> Dataset[Referral]:
        """The columns of the sheet, with the answer there is; they are read back in whichever language they
        were taken.
        """
        reasons = dict.fromkeys(reason for fate in ANSWERS for reason in REASONS[fate])
        bodies = [_best(institution.name) for institution in self.institutions]
        return Dataset(
            f"bundle-{self.cycle.code}",
            self.cycle.code,
            (
                Field("reference", REFERENCE, lambda referral: referral.idea.reference, required=True),
                Field("institution", INSTITUTION, lambda referral: _best(referral.institution.name)),
                Field("idea", IDEA, lambda referral: referral.idea.proposal, wide=True),
                Field("theme", THEME, lambda referral: _name_of(referral.idea.theme)),
                Field("region", REGION, lambda referral: _name_of(referral.idea.region)),
                Field("due", DUE, lambda referral: referral.due_on.isoformat()),
                Field(
                    "answer",
                    ANSWER,
                    lambda referral: referral.answer.label if referral.answer else "",
                    choices=tuple(str(fate.label) for fate in ANSWERS),
                ),
                Field(
                    "reason",
                    REASON,
                    lambda referral: referral.reason.label if referral.reason else "",
                    choices=tuple(str(reason.label) for reason in reasons),
                ),
                *self._explanations(),
                Field("proof", PROOF, lambda referral: referral.proof_url),
                Field("transfer", TRANSFER, _transfer, choices=(*bodies, str(ELSEWHERE))),
                Field(
                    "commitment",
                    COMMITMENT,
                    lambda referral: _called(referral.commitment) if referral.commitment else "",
                    choices=tuple(map(_called, self.commitments)),
                ),
                *self._scores(),
            ),
        )

    def _explanations(self) -> Iterator[Field[Referral]]:
        """A column for each language of the cycle."""
        for code in self.cycle.languages:
            yield Field(f"text-{code}", explanation_in(code), partial(_explained, code), wide=True)

    def _scores(self) -> Iterator[Field[Referral]]:
        """A column for each criterion of the cycle."""
        points = tuple(str(points) for points in range(BEST + 1))
        for criterion in self.criteria:
            aliases = tuple(f"{name} (0–3)" for name in criterion.name.values())
            value, header = partial(_scored, criterion.id), f"{_best(criterion.name)} (0–3)"
            yield Field(f"score-{criterion.id}", header, value, choices=points, aliases=aliases)

    def referral(self, row: Row) -> Referral:
        """The referral a row is about. Raises UnknownReference, WhichInstitution, OtherWords."""
        named = [
            referral for referral in self.referrals if referral.idea.reference == row["reference"].strip()
        ]
        if typed := fold(row["institution"]):
            named = [referral for referral in named if typed in map(fold, _words(referral.institution))]
        reference = isolate_text(row["reference"])
        if not named:
            raise UnknownReference(reference=reference)
        if len(named) > 1:
            raise WhichInstitution(reference=reference)
        if row["idea"] and _known_by(row["idea"]) != _known_by(named[0].idea.proposal):
            raise OtherWords(reference=reference)
        return named[0]

    def answer(self, row: Row, referral: Referral) -> InstitutionAnswer | None:
        """What a row answers; None when it was left empty. Raises what is wrong with it."""
        reference = isolate_text(row["reference"])
        if not row["answer"]:
            filled = ("reason", "proof", "transfer", "commitment")
            said = (field.key for field in (*self._explanations(), *self._scores()))
            if any(row[name] for name in (*filled, *said)):
                raise AnswerForgotten(reference=reference)
            return None
        fate = Fate(match_choice(row["answer"], self.fates))
        if fate is Fate.TRANSFERRED and not row["transfer"]:
            raise WhereTo(reference=reference)
        return InstitutionAnswer(
            fate,
            _reason(fate, row["reason"]),
            self._text(row, referral),
            self._commitment(row["commitment"]) if fate.needs_commitment else None,
            row["proof"] or None if fate is Fate.ALREADY_UNDER_WAY else None,
            self._body(row["transfer"]) if fate is Fate.TRANSFERRED else None,
            dict(self._given(row)) if fate is not Fate.TRANSFERRED else {},
        )

    def _text(self, row: Row, referral: Referral) -> Translated:
        """The explanation in the languages of the sheet; in others it stays as it was."""
        typed = {code: row[f"text-{code}"].strip() for code in self.cycle.languages}
        if any(len(words) > LONGEST_TEXT for words in typed.values()):
            raise ExplanationTooLong(limit=LONGEST_TEXT)
        words = {**(referral.reason_text or {}), **typed}
        return Translated({code: said for code, said in words.items() if said})

    def _commitment(self, typed: str) -> int | None:
        """The commitment whose reference stands first in the cell. Raises NoCommitment."""
        if not typed:
            return None
        wanted = re.split(r"[\s·]", typed.strip())[0].upper()
        chosen = next((commitment for commitment in self.commitments if commitment.reference == wanted), None)
        if chosen is None:
            raise NoCommitment(value=isolate_text(clean_line(typed, 80)))
        return chosen.id

    def _body(self, typed: str) -> int | None:
        chosen = match_choice(typed, self.bodies)
        return int(chosen) if chosen else None

    def _given(self, row: Row) -> Iterator[tuple[int, Score]]:
        for criterion in self.criteria:
            typed = row[f"score-{criterion.id}"].strip()
            if not typed:
                continue
            if typed not in map(str, range(BEST + 1)):
                raise NotAScore(value=isolate_text(clean_line(typed, 40)))
            yield criterion.id, Score(int(typed))


def _explained(code: str, referral: Referral) -> str:
    return (referral.reason_text or Translated()).get(code, "")


def _scored(criterion_id: int, referral: Referral) -> object:
    scores = {assessment.criterion_id: assessment.score for assessment in referral.assessments}
    return scores.get(criterion_id, "")


def _transfer(referral: Referral) -> object:
    if referral.answer is not Fate.TRANSFERRED:
        return ""
    return _best(referral.transfer_to.name) if referral.transfer_to else ELSEWHERE


def _name_of(named: Theme | Region | None) -> str:
    return _best(named.name) if named else ""


def _is_said(referral: Referral, given: InstitutionAnswer) -> bool:
    """Whether it is what was answered already."""
    scores = {assessment.criterion_id: assessment.score for assessment in referral.assessments}
    before = (
        referral.answer,
        referral.reason,
        dict(referral.reason_text or {}),
        referral.commitment_id,
        referral.proof_url,
        referral.transfer_to_id,
        scores,
    )
    points = {criterion_id: score.points for criterion_id, score in given.scores.items()}
    ways = given.commitment_id, given.proof_url, given.transfer_to_id
    return before == (given.fate, given.reason, dict(given.text), *ways, points)


def _reason(fate: Fate, typed: str) -> Reason:
    """The reason that was chosen; the only one there is needs not be."""
    reasons = {reason.value: i18n.everywhere(reason.label) for reason in REASONS[fate]}
    if not typed and len(reasons) == 1:
        return REASONS[fate][0]
    return Reason(match_choice(typed, reasons))


def _known_by(words: str) -> str:
    return fold(" ".join(words.split()))[:COMPARED]


def _words(body: Institution) -> Sequence[str]:
    return (body.slug, *body.name.values())


def _called(commitment: Commitment) -> str:
    return f"{commitment.reference} · {_best(commitment.title)}"


def _best(text: Mapping[str, str]) -> str:
    language = i18n.current()
    return Translated(text).best(language.code, language.falls_back)[0]
