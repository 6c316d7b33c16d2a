"""The acts of this room: registering, announcing, the programme, importing those who came."""

from cocreation.meetings.services.allocating import allocate_anew, put_into
from cocreation.meetings.services.announcing import Details, announce, call_off, change, create
from cocreation.meetings.services.arriving import note_arrivals, note_from_paper, undo_arrival, walk_in
from cocreation.meetings.services.asking import (
    Asked,
    add_question,
    change_question,
    move_question_up,
    remove_question,
)
from cocreation.meetings.services.confirming import (
    confirm,
    confirm_by_call,
    send_again as send_link_again,
    undo_call,
)
from cocreation.meetings.services.deciding import decline, give_place, send_to_waiting
from cocreation.meetings.services.delegations import Delegate, Party, register_delegation
from cocreation.meetings.services.entering import enter_for
from cocreation.meetings.services.importing import Summary, import_participants
from cocreation.meetings.services.keeping import Kept, change_kept, keep_places, release
from cocreation.meetings.services.own import erase, export
from cocreation.meetings.services.programme import (
    Item,
    Where,
    add_item,
    add_workshop,
    change_item,
    change_workshop,
    move_item,
    remove_item,
    remove_workshop,
)
from cocreation.meetings.services.registering import Participant, accept, cancel, register, wait_again
from cocreation.meetings.services.replying import Answers, change as change_answers, reply_internally

__all__ = [
    "Answers",
    "Asked",
    "Delegate",
    "Details",
    "Item",
    "Kept",
    "Participant",
    "Party",
    "Summary",
    "Where",
    "accept",
    "add_item",
    "add_question",
    "add_workshop",
    "allocate_anew",
    "announce",
    "call_off",
    "cancel",
    "change",
    "change_answers",
    "change_item",
    "change_kept",
    "change_question",
    "change_workshop",
    "confirm",
    "confirm_by_call",
    "create",
    "decline",
    "enter_for",
    "erase",
    "export",
    "give_place",
    "import_participants",
    "keep_places",
    "move_item",
    "move_question_up",
    "note_arrivals",
    "note_from_paper",
    "put_into",
    "register",
    "register_delegation",
    "release",
    "remove_item",
    "remove_question",
    "remove_workshop",
    "reply_internally",
    "send_link_again",
    "send_to_waiting",
    "undo_arrival",
    "undo_call",
    "wait_again",
    "walk_in",
]
