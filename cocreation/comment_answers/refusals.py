"""Why an answer to comments cannot be saved, read or published."""

from __future__ import annotations

from cocreation.core.errors import Invalid, NotAllowed, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class AnswerChangesNothing(Refusal):
    sentence = _l("Only an answer that takes something up names the words that changed.")


class ChangeElsewhere(Invalid):
    sentence = _l("An answer names words changed in the texts of its own consultation, after it began.")


class NoCommentsChosen(Invalid):
    sentence = _l("Choose the comments that this answers. Nothing was saved.")


class CommentsAnsweredAlready(Refusal):
    """Somebody was first; the sentence names the comments."""

    sentence = _l("These comments have an answer already: %(references)s. Nothing was saved.")


class ReasonOfAnother(Invalid):
    sentence = _l("This reason does not go with this outcome. Nothing was saved.")


class WordsOfAnswerMissing(Invalid):
    sentence = _l("Write what is answered, in one language at least.")


class AnswersPublic(Refusal):
    sentence = _l(
        "The answers of this consultation are published. What they say can still be reworded, with a reason "
        "that everyone reads."
    )


class AnswerNotPublic(Refusal):
    sentence = _l("This answer is not published yet, so it is simply changed. Nothing was saved.")


class NotOfThisConsultation(Invalid):
    sentence = _l("This comment or this change belongs to another consultation. Nothing was saved.")


class AnswersIncomplete(Refusal):
    sentence = _l("Answers without words are not sent: those to %(references)s. Nothing was sent.")


class NoAnswerToSend(Refusal):
    sentence = _l("No answer is ready to be sent to a second reader. Nothing was sent.")


class AnswerNotSent(Refusal):
    sentence = _l("This answer is not with a second reader, or was changed since. Nothing was saved.")


class OwnAnswer(NotAllowed):
    sentence = _l("Somebody other than the person who wrote this answer last has to read it.")


class QuestionMissing(Invalid):
    sentence = _l("Say what you ask before this answer is approved.")


class ConsultationStillOpen(Refusal):
    sentence = _l("Comments can still be sent until %(at)s. Nothing was published.")


class CommentsStillConfirmed(Refusal):
    """One that is confirmed once the answers are public could not be answered any more."""

    sentence = _l(
        "A comment that was sent in time can still be confirmed by who wrote it, until %(at)s. Publish the "
        "answers after that. Nothing was published."
    )


class CommentsUnanswered(Refusal):
    """The sentence names the first comments that have no approved answer, and says how many there are."""

    sentence = _l(
        "Every comment needs an approved answer. Without one (%(count)s): %(references)s "
        "Nothing was published."
    )


class ChangedWordsMissing(Refusal):
    """Answers that say the text changed and do not say where, by their comments."""

    sentence = _l(
        "“Taken up” names the very words that changed. Not named for (%(count)s): %(references)s "
        "Nothing was published."
    )


class NoCommentsToAnswer(Refusal):
    sentence = _l("There is no comment in this consultation. Nothing was published.")


class AnswerUnchanged(Invalid):
    sentence = _l("This is what the answer says already. Nothing was changed.")


class TemplateNameTaken(Invalid):
    sentence = _l("There is a template of this name already.")
