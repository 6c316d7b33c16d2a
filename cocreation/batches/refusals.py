"""Why an act on a batch of fates or on a published fate is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, NotAllowed, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class BatchAlreadyPublished(Refusal):
    sentence = _l("This batch was published on %(at)s. It can no longer change.")


class BeingPublished(Refusal):
    sentence = _l("This batch is being published since %(at)s. It can no longer change.")


class DraftChanged(Refusal):
    sentence = _l(
        "Meanwhile somebody else changed the fate of %(reference)s. Your text was not saved: compare both,"
        " then save again."
    )


class NothingReady(Refusal):
    sentence = _l("No idea is waiting for its fate: outside other batches, none is answered or not accepted.")


class IdeaNotInCycle(Invalid):
    sentence = _l("There is no idea %(reference)s in this cycle. Nothing was changed.")


class NotDraftable(Refusal):
    sentence = _l("%(reference)s cannot be added: it stands at “%(state)s”. Nothing was changed.")


class InAnotherBatch(Refusal):
    sentence = _l("%(reference)s is in a batch already. Nothing was changed.")


class WrongDecision(Invalid):
    sentence = _l("This reason or this commitment does not go with this fate.")


class NotAPublicPage(Invalid):
    sentence = _l(
        "Give the full address of a page that everyone can open, such as https://www.example.ma/page."
    )


class EmptyBatch(Refusal):
    sentence = _l("There is no idea in this batch. Nothing was published.")


class BatchNotEmpty(Refusal):
    sentence = _l("A batch is deleted when it is empty: take its ideas out first. Nothing was deleted.")


class BatchIncomplete(Refusal):
    """Some ideas lack something; the sentence names them, as many as a page holds, and what each lacks."""

    sentence = _l("Nothing was published, because something is missing. %(ideas)s")


class NotReviewed(Refusal):
    sentence = _l("A second person has to read this batch before it is published. Nothing was published.")


class AlreadyPlanned(Refusal):
    sentence = _l("This batch is to be published on %(at)s.")


class AlreadySent(Refusal):
    sentence = _l("This batch was sent to a second reader on %(at)s.")


class BatchNotSent(Refusal):
    sentence = _l("This batch has not been sent to a second reader, or was changed since. Nothing was saved.")


class AlreadyReviewed(Refusal):
    sentence = _l("Meanwhile this batch was read by a second person, on %(at)s. Nothing was saved.")


class BatchChanged(Refusal):
    sentence = _l("This batch was changed while you read it. Please look at it again; nothing was saved.")


class OwnBatch(NotAllowed):
    sentence = _l("Someone other than the person who prepared this batch has to read it.")


class QuestionsOpen(Refusal):
    sentence = _l(
        "Your questions are not answered yet: %(references)s. Once each is answered, or taken out of the"
        " batch, it can be approved. Nothing was saved."
    )


class NotPublishedThen(Invalid):
    sentence = _l(
        "On that day %(reference)s was not yet received and screened, or the day is still to come."
        " Nothing was published."
    )


class RemarkMissing(Invalid):
    sentence = _l("Say what should change before this batch is published.")


class NotPublished(Refusal):
    sentence = _l("%(reference)s has no published fate, so there is nothing to reword.")


class MeanwhileReworded(Refusal):
    sentence = _l(
        "Meanwhile somebody else reworded the fate of %(reference)s. Your text was not saved: compare both,"
        " then save again."
    )


class NothingChanged(Invalid):
    sentence = _l("These are the words already published. Nothing was changed.")


class RevisionIncomplete(Invalid):
    sentence = _l(
        "A published fate always has a reason that goes with it, an explanation in words, a responsible body,"
        " and its commitment when the idea is included."
    )


class CommitmentUnseen(Invalid):
    sentence = _l("Commitment %(commitment)s is not published, so nobody could see it: publish it first.")


class WhyMissing(Invalid):
    sentence = _l("Say why the reasons are reworded: everyone will read it.")


class PreparedNotSent(Refusal):
    sentence = _l(
        "The fate of %(reference)s is already being prepared for publication."
        " Take it out of its batch first. Nothing was sent."
    )


class PreparedNotReopened(Refusal):
    sentence = _l(
        "The fate of %(reference)s is already being prepared for publication."
        " Take it out of its batch first. Its screening stays as it is."
    )


class PreparedNotLinked(Refusal):
    sentence = _l(
        "The fate of %(reference)s is already being prepared for publication."
        " Take it out of its batch first. Nothing was changed."
    )
