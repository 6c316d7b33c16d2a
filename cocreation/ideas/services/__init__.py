"""The acts of this room: sending, restating, withdrawing, forgetting who sent."""

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
from cocreation.ideas.services.steps import (
    by_receipt,
    in_every_language,
    index_words,
    next_number,
    receive,
    record_step,
)

__all__ = [
    "CONFIRM_WITHIN",
    "FateAlreadyPublished",
    "IntakeClosed",
    "LinkExpired",
    "OutputsNotPublished",
    "Sender",
    "Words",
    "by_receipt",
    "confirm",
    "enter",
    "erase_author",
    "expires_at",
    "forget",
    "in_every_language",
    "index_words",
    "next_number",
    "receive",
    "record_step",
    "restate",
    "submit",
    "withdraw",
]
