"""The acts of this room: registering, announcing, the programme, importing those who came."""

from cocreation.meetings.services.announcing import Details, announce, call_off, change, create
from cocreation.meetings.services.arriving import note_arrivals, note_from_paper, undo_arrival, walk_in
from cocreation.meetings.services.deciding import decline, give_place, send_to_waiting
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
from cocreation.meetings.services.registering import Participant, accept, cancel, register, wait_again

__all__ = [
    "Details",
    "Item",
    "Participant",
    "Summary",
    "accept",
    "add_item",
    "add_workshop",
    "announce",
    "call_off",
    "cancel",
    "change",
    "change_item",
    "create",
    "decline",
    "give_place",
    "import_participants",
    "note_arrivals",
    "note_from_paper",
    "register",
    "remove_item",
    "remove_workshop",
    "rename_workshop",
    "send_to_waiting",
    "undo_arrival",
    "wait_again",
    "walk_in",
]
