"""The acts of this room: registering, announcing, the programme, importing those who came."""

from cocreation.meetings.services.announcing import Details, announce, call_off, change, create
from cocreation.meetings.services.importing import Summary, import_participants
from cocreation.meetings.services.programme import (
    Item,
    add_item,
    add_workshop,
    change_item,
    remove_item,
    remove_workshop,
    rename_workshop,
)
from cocreation.meetings.services.registering import Participant, cancel, register

__all__ = [
    "Details",
    "Item",
    "Participant",
    "Summary",
    "add_item",
    "add_workshop",
    "announce",
    "call_off",
    "cancel",
    "change",
    "change_item",
    "create",
    "import_participants",
    "register",
    "remove_item",
    "remove_workshop",
    "rename_workshop",
]
