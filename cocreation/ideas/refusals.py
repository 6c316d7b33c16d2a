"""Why an act on ideas is refused."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NoIdeaChosen(Invalid):
    sentence = _l("Choose at least one idea.")


class AlreadyScreened(Refusal):
    sentence = _l(
        "Your idea can no longer be reworded: it is past its screening."
        " It stays as you sent it. What you typed is kept below: copy it if you need it."
    )


class NoOpenQuestion(Refusal):
    sentence = _l("No question is waiting for your answer. Nothing was changed.")


class AlreadyReplied(Refusal):
    sentence = _l("This question is already answered. Your first answer stands; nothing was changed.")


class TooLateToReply(Refusal):
    sentence = _l(
        "The question could be answered until %(day)s. Your idea is screened as it stands;"
        " nothing was changed."
    )


class NothingToContest(Refusal):
    sentence = _l("There is no published fate that you can contest here. Nothing was changed.")


class FateAlreadyContested(Refusal):
    sentence = _l("You have already contested this fate, and it can be done once. Nothing was changed.")


class TooLateToContest(Refusal):
    sentence = _l("This fate could be contested until %(day)s. Nothing was changed.")


class TooLateToWithdraw(Refusal):
    sentence = _l("The fate of this idea is published, so it can no longer be withdrawn.")
