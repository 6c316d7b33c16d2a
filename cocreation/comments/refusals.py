"""Why a comment, a reply or support is not taken."""

from __future__ import annotations

from cocreation.core.errors import Invalid, NotFound, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class CommentsNotOpen(Refusal):
    sentence = _l("Comments are accepted from %(opens)s. Nothing was sent.")


class CommentsClosed(Refusal):
    sentence = _l("Comments were accepted until %(closes)s, Casablanca time. Nothing was sent.")


class CommentsCalledOff(Refusal):
    sentence = _l("This consultation was called off: comments are accepted no more. Nothing was sent.")


class SectionNotThere(Refusal):
    sentence = _l(
        "The section this was about is not in the text that is consulted on. Nothing was sent: choose "
        "another section, or the whole text."
    )


class SuggestionOfNothing(Invalid):
    sentence = _l("Choose the section whose words you would change: a wording is suggested for one section.")


class SuggestionAcross(Invalid):
    sentence = _l(
        "A wording is suggested for one section. Send one suggestion for each section you would change."
    )


class SuggestionEmpty(Invalid):
    sentence = _l(
        "The section is empty in what you sent. Change its words; to have all of it taken out, disagree and "
        "say why."
    )


class SuggestionIsTheText(Invalid):
    sentence = _l("This is what the section says already. Change the words you would have otherwise.")


class CommentLinkExpired(Refusal):
    sentence = _l("This link worked until %(day)s: what it was to confirm is not counted.")


class CommentConfirmed(Refusal):
    sentence = _l("This comment is confirmed already: nothing more needs to be sent.")


class CommentMailsEnough(Refusal):
    sentence = _l(
        "We have written as often as we do for one comment. Look among the unwanted mails; if nothing is "
        "there, send the comment again with another address."
    )


class NoCommentSent(Refusal):
    sentence = _l(
        "An address can be corrected for an hour, in the browser that sent the comment. What you wrote may "
        "still be in the form: open it and send it again."
    )


class CommentAnswered(Refusal):
    sentence = _l(
        "Your comment is answered already, and the answer rests on it. You can still have your name and "
        "address erased."
    )


class NoSupportHeld(NotFound):
    sentence = _l("Nothing is kept under this link any more, so nothing is sent.")


class MemorandumRefused(Invalid):
    """A file that is no memorandum."""


class MemorandumTooLarge(MemorandumRefused):
    sentence = _l("“%(name)s” is larger than 10 MB. Send a smaller one.")


class MemorandumNoPdf(MemorandumRefused):
    sentence = _l("“%(name)s” is not a PDF. Open it, choose “Save as” and the type PDF, then send that file.")


class MemorandumDamaged(MemorandumRefused):
    sentence = _l("“%(name)s” is a damaged PDF: its end is missing. Save it again, then send it.")
