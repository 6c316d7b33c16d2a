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
from cocreation.ideas.services.steps import in_every_language, next_number, receive, record_step
from cocreation.ideas.services.tallies import fold_tallies

__all__ = [
    "CONFIRM_WITHIN",
    "FateAlreadyPublished",
    "IntakeClosed",
    "LinkExpired",
    "OutputsNotPublished",
    "Sender",
    "Words",
    "confirm",
    "enter",
    "erase_author",
    "expires_at",
    "fold_tallies",
    "forget",
    "in_every_language",
    "next_number",
    "receive",
    "record_step",
    "restate",
    "submit",
    "withdraw",
]
