"""Who reads which version."""

from __future__ import annotations

from cocreation.accounts.models import Duty, Person
from cocreation.accounts.policy import SECRETARIAT, holders
from cocreation.documents.models import Document


def reads_drafts(person: Person | None) -> bool:
    """The secretariat and the steering committee."""
    return person is not None and person.has(*SECRETARIAT, *holders(Duty.COMMITTEE))


def can_read(person: Person | None, document: Document) -> bool:
    """Everyone once a version is public, be it to be commented on."""
    return document.published is not None or document.consulted is not None or reads_drafts(person)
