"""The acts of this room: sending, restating, withdrawing, forgetting who sent."""

from cocreation.ideas.services import attaching, drafts, vouching
from cocreation.ideas.services.backing import (
    CONFIRM_WITHIN as BACK_WITHIN,
    BackingLinkExpired,
    NothingChosen,
    NothingHeld,
    Wish,
    back,
    choose,
    forget_backings,
    forget_stale,
    unsubscribe,
)
from cocreation.ideas.services.dialogue import (
    AlreadyContested,
    AlreadyReplied,
    NothingAsked,
    NothingToContest,
    TooLateToContest,
    TooLateToReply,
    appeal,
    lapse,
    put_question,
    reply,
)
from cocreation.ideas.services.digest import set_back, tell
from cocreation.ideas.services.editing import AlreadyScreened, edit, words_of
from cocreation.ideas.services.exporting import export
from cocreation.ideas.services.own import erase, withdraw
from cocreation.ideas.services.refusals import (
    FateAlreadyPublished,
    IntakeClosed,
    LinkExpired,
    OutputsNotPublished,
    SlipUsed,
)
from cocreation.ideas.services.restating import restate
from cocreation.ideas.services.sending import (
    CONFIRM_WITHIN,
    Sender,
    Words,
    confirm,
    enter,
    expires_at,
    submit,
)
from cocreation.ideas.services.steps import (
    by_receipt,
    in_every_language,
    index_words,
    next_number,
    receive,
    record_step,
)
from cocreation.ideas.services.tallies import fold_tallies

__all__ = [
    "BACK_WITHIN",
    "CONFIRM_WITHIN",
    "AlreadyContested",
    "AlreadyReplied",
    "AlreadyScreened",
    "BackingLinkExpired",
    "FateAlreadyPublished",
    "IntakeClosed",
    "LinkExpired",
    "NothingAsked",
    "NothingChosen",
    "NothingHeld",
    "NothingToContest",
    "OutputsNotPublished",
    "Sender",
    "SlipUsed",
    "TooLateToContest",
    "TooLateToReply",
    "Wish",
    "Words",
    "appeal",
    "attaching",
    "back",
    "by_receipt",
    "choose",
    "confirm",
    "drafts",
    "edit",
    "enter",
    "erase",
    "expires_at",
    "export",
    "fold_tallies",
    "forget_backings",
    "forget_stale",
    "in_every_language",
    "index_words",
    "lapse",
    "next_number",
    "put_question",
    "receive",
    "record_step",
    "reply",
    "restate",
    "set_back",
    "submit",
    "tell",
    "unsubscribe",
    "vouching",
    "withdraw",
    "words_of",
]
