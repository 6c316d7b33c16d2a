"""The acts of this room: sending, restating, withdrawing, forgetting who sent."""

from cocreation.ideas.services.dialogue import (
    AlreadyReplied,
    NothingAsked,
    TooLateToReply,
    lapse,
    put_question,
    reply,
)
from cocreation.ideas.services.own import erase_author, forget, withdraw
from cocreation.ideas.services.refusals import (
    FateAlreadyPublished,
    IntakeClosed,
    LinkExpired,
    OutputsNotPublished,
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
from cocreation.ideas.services.steps import in_every_language, next_number, receive, record_step

__all__ = [
    "CONFIRM_WITHIN",
    "AlreadyReplied",
    "FateAlreadyPublished",
    "IntakeClosed",
    "LinkExpired",
    "NothingAsked",
    "OutputsNotPublished",
    "Sender",
    "TooLateToReply",
    "Words",
    "confirm",
    "enter",
    "erase_author",
    "expires_at",
    "forget",
    "in_every_language",
    "lapse",
    "next_number",
    "put_question",
    "receive",
    "record_step",
    "reply",
    "restate",
    "submit",
    "withdraw",
]
