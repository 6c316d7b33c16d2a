"""A bundle as a spreadsheet: taken away, filled in, sent back; all of it is taken or nothing.

The rows are known by the reference of the idea (and the institution, where a person speaks for several).
A row without an answer is left alone, one that says what was answered already changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cocreation.core import i18n
from cocreation.core.database import Translated, found, session
from cocreation.core.errors import NotFound
from cocreation.core.i18n import LANGUAGES, Lazy, lazy_gettext as _l
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.files.sheets.reader import Sheet
from cocreation.files.sheets.refusals import Problems
from cocreation.files.sheets.table import Column, Row, choose, match_all
from cocreation.files.sheets.writer import write_xlsx
from cocreation.ideas.models.idea import REASONS, Fate, Reason
from cocreation.plan.models import Commitment
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
    unsettled = [referral for referral in table.referrals if not referral.idea.is_settled]
    headers = [str(label) for label in table.labels.values()]
    rows = (table.cells(referral) for referral in unsettled)
    names = list(table.labels)
    return write_xlsx(
        {table.cycle.code: (headers, rows)},
        right_to_left=i18n.current().direction == "rtl",
        lists={names.index(name): choices for name, choices in table.lists().items() if choices},
        wide={names.index(name) for name in names if name == "idea" or name.startswith("text-")},
    )


def import_answers(
    own_bundle: Bundle,
    cycle_id: int,
    sheets: Sequence[Sheet],
    *,
    write: bool,
    by: int,
    now: datetime,
) -> SheetSummary:
    """Give the answers of a filled-in sheet; with `write=False` only say what was understood.

    Raises NotFound, and SheetRefused naming every row that cannot be taken.
    """
    table, problems, summary = _BundleTable(own_bundle, cycle_id), Problems(), SheetSummary()
    rows: dict[int, Row] = {}
    answers: dict[int, InstitutionAnswer] = {}
    for row in match_all(sheets, table.columns):
        with problems.at(row):
            referral = table.referral(row)
            if referral.id in rows:
                first = rows[referral.id]
                raise RowRepeated(reference=row["reference"], row=str(first.number))
            rows[referral.id] = row
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
        with problems.at(rows[referral.id]):
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
    def labels(self) -> dict[str, Lazy | str]:
        """Each column of the sheet with what stands over it, in the order of the sheet."""
        explanations = {f"text-{code}": explanation_in(code) for code in self.cycle.languages}
        language = i18n.current()
        scores = {
            f"score-{criterion.id}": f"{criterion.name.best(language.code, language.falls_back)[0]} (0–3)"
            for criterion in self.criteria
        }
        return {
            "reference": REFERENCE,
            "institution": INSTITUTION,
            "idea": IDEA,
            "theme": THEME,
            "region": REGION,
            "due": DUE,
            "answer": ANSWER,
            "reason": REASON,
            **explanations,
            "proof": PROOF,
            "transfer": TRANSFER,
            "commitment": COMMITMENT,
            **scores,
        }

    @property
    def columns(self) -> list[Column]:
        """The same as they are read back, in whichever language they were taken."""
        named = {f"score-{criterion.id}": criterion for criterion in self.criteria}
        columns = []
        for name, label in self.labels.items():
            if criterion := named.get(name):
                aliases = tuple(f"{word} (0–3)" for word in criterion.name.values())
            else:
                aliases = i18n.everywhere(label)
            columns.append(Column(name, name == "reference", aliases))
        return columns

    def lists(self) -> dict[str, list[str]]:
        """What the cells of a column are chosen from."""
        reasons = dict.fromkeys(reason for fate in ANSWERS for reason in REASONS[fate])
        return {
            "answer": [str(fate.label) for fate in ANSWERS],
            "reason": [str(reason.label) for reason in reasons],
            "transfer": [*(_best(institution.name) for institution in self.institutions), str(ELSEWHERE)],
            "commitment": [_called(commitment) for commitment in self.commitments],
            **{
                f"score-{criterion.id}": [str(points) for points in range(BEST + 1)]
                for criterion in self.criteria
            },
        }

    def cells(self, referral: Referral) -> list[object]:
        """A row of the sheet, with the answer there is."""
        idea, text = referral.idea, referral.reason_text or Translated()
        scores = {assessment.criterion_id: assessment.score for assessment in referral.assessments}
        body = _best(referral.transfer_to.name) if referral.transfer_to else ELSEWHERE
        values: dict[str, object] = {
            "reference": idea.reference,
            "institution": _best(referral.institution.name),
            "idea": idea.proposal,
            "theme": _best(idea.theme.name) if idea.theme else "",
            "region": _best(idea.region.name) if idea.region else "",
            "due": referral.due_on.isoformat(),
            "answer": referral.answer.label if referral.answer else "",
            "reason": referral.reason.label if referral.reason else "",
            "proof": referral.proof_url,
            "transfer": body if referral.answer is Fate.TRANSFERRED else "",
            "commitment": _called(referral.commitment) if referral.commitment else "",
            **{f"text-{code}": text.get(code, "") for code in self.cycle.languages},
            **{f"score-{criterion.id}": scores.get(criterion.id, "") for criterion in self.criteria},
        }
        return [values[name] for name in self.labels]

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
            filled = ("reason", "proof", "transfer", "commitment", *self._of("text-"), *self._of("score-"))
            if any(row[name] for name in filled):
                raise AnswerForgotten(reference=reference)
            return None
        fate = Fate(choose(row["answer"], self.fates))
        if fate is Fate.TRANSFERRED and not row["transfer"]:
            raise WhereTo(reference=reference)
        return InstitutionAnswer(
            fate,
            _reason(fate, row["reason"]),
            self._text(row, referral),
            self._commitment(row["commitment"]) if fate.needs_commitment else None,
            row["proof"] or None if fate is Fate.ALREADY_UNDER_WAY else None,
            self._body(row["transfer"]) if fate is Fate.TRANSFERRED else None,
            dict(self._scores(row)) if fate is not Fate.TRANSFERRED else {},
        )

    def _of(self, kind: str) -> list[str]:
        return [name for name in self.labels if name.startswith(kind)]

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
        chosen = choose(typed, self.bodies)
        return int(chosen) if chosen else None

    def _scores(self, row: Row) -> Iterator[tuple[int, Score]]:
        for criterion in self.criteria:
            typed = row[f"score-{criterion.id}"].strip()
            if not typed:
                continue
            if typed not in map(str, range(BEST + 1)):
                raise NotAScore(value=isolate_text(clean_line(typed, 40)))
            yield criterion.id, Score(int(typed))


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
    return Reason(choose(typed, reasons))


def _known_by(words: str) -> str:
    return fold(" ".join(words.split()))[:COMPARED]


def _words(body: Institution) -> Sequence[str]:
    return (body.slug, *body.name.values())


def _called(commitment: Commitment) -> str:
    return f"{commitment.reference} · {_best(commitment.title)}"


def _best(text: Mapping[str, str]) -> str:
    language = i18n.current()
    return Translated(text).best(language.code, language.falls_back)[0]
