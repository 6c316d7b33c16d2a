"""Why a referral, an answer, a criterion, a colleague or a reminder is refused; what is wrong in a sheet."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AnswerIsFinal(Refusal):
    sentence = _l("The fate of %(reference)s is already settled, so its answer can no longer change.")


class PartOfAnother(Refusal):
    sentence = _l("%(reference)s is now part of another idea, which is answered instead.")


class AnswerIncomplete(Invalid):
    sentence = _l("An answer needs a reason that goes with it, and an explanation in words.")


class CommitmentMissing(Invalid):
    sentence = _l("An idea that is included, wholly or partly, needs the commitment that includes it.")


class ProofMissing(Invalid):
    sentence = _l(
        "An idea that is already under way needs a link where everyone can see it, such as https://www.example.ma/page."
    )


class NoSuchBody(Invalid):
    sentence = _l("An idea can be transferred to another institution of the list, not to your own.")


class WentThrough(Refusal):
    sentence = _l(
        "%(institution)s has already handed %(reference)s on: it cannot go back there. Nothing was changed."
    )


class HandedOn(Refusal):
    sentence = _l(
        "%(reference)s was handed on to %(institution)s, which answers it now. Nothing was changed."
    )


class NotReferable(Refusal):
    sentence = _l(
        "Only accepted ideas whose fate is not published are sent to institutions."
        " Nothing was sent: %(reference)s stands at “%(state)s”."
    )


class AlreadyReferred(Refusal):
    sentence = _l("These ideas were sent to these institutions before. Nothing was sent twice.")


class NothingToRecall(Invalid):
    sentence = _l(
        "Choose ideas and the institutions that have not answered them yet. Nothing was taken back."
    )


class WhyRecalledMissing(Invalid):
    sentence = _l("Say why the ideas are taken back: everyone will read it.")


class DueDayPast(Invalid):
    sentence = _l("The day by which to answer is already past.")


class NothingToSend(Invalid):
    sentence = _l("Choose at least one idea and one institution.")


class CriteriaInUse(Refusal):
    sentence = _l(
        "Institutions have already assessed ideas against these criteria, so they can no longer change."
        " Nothing was changed."
    )


class SameCriterion(Invalid):
    sentence = _l("There is already a criterion with this name in this cycle.")


class HasCriteria(Refusal):
    sentence = _l("This cycle has criteria already. Nothing was added.")


class WeightOutOfRange(Invalid):
    sentence = _l("A weight is a whole number from 1 to 100.")


class AssessmentMissing(Invalid):
    sentence = _l("Give the idea a score from 0 to 3 on each criterion. Missing: %(criteria)s.")


class NothingToGive(Invalid):
    sentence = _l("Choose at least one idea.")


class NoColleague(Invalid):
    sentence = _l("Choose a colleague of the institution to which the ideas were sent. Nothing was given.")


class NoLongerAsked(Refusal):
    sentence = _l("%(reference)s no longer awaits an answer. Nothing was given.")


class UnknownReference(Invalid):
    sentence = _l("“%(reference)s” is not among the ideas of your bundle in this cycle.")


class OtherWords(Invalid):
    sentence = _l(
        "%(reference)s stands beside the words of another idea: was the reference changed?"
        " Take the sheet again, or put the two back together."
    )


class WhichInstitution(Invalid):
    sentence = _l("%(reference)s was sent to several of your institutions: say for which one this row is.")


class RowRepeated(Invalid):
    sentence = _l("“%(reference)s” is already in row %(row)s.")


class AnswerForgotten(Invalid):
    sentence = _l("Something is filled in for %(reference)s, but not the answer.")


class WhereTo(Invalid):
    sentence = _l("Say to which body %(reference)s is transferred.")


class NotAScore(Invalid):
    sentence = _l("“%(value)s” is not a score: write 0, 1, 2 or 3.")


class NoCommitment(Invalid):
    sentence = _l("There is no commitment “%(value)s” in this cycle.")


class ExplanationTooLong(Invalid):
    sentence = _l("The explanation has more than %(limit)s characters.")


class NobodyAnswers(Refusal):
    sentence = _l(
        "Nobody answers for %(institution)s here, and no address of its own is written down."
        " Invite its focal point, or write its address under “Institutions”. Nothing was sent."
    )


class NothingLate(Refusal):
    sentence = _l("Nothing is late there any more. Nobody was written to.")


class NoFocalPoint(Refusal):
    sentence = _l("This institution has no focal point who could be reminded. Invite one first.")


class InstitutionRemindedToday(Refusal):
    sentence = _l("They have already been reminded today. Nobody was written to twice.")


class NothingToKeep(Invalid):
    sentence = _l("Fill in something first: an empty draft is not kept.")
