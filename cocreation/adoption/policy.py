"""Who reads what was changed since a consultation, and until which version."""

from __future__ import annotations

from cocreation.accounts.models import Person
from cocreation.adoption.queries import is_answered
from cocreation.documents.models import Document
from cocreation.documents.policy import reads_drafts


def last_readable(person: Person | None, document: Document) -> int | None:
    """The last version of which a person reads what was changed in it: the public one; the last one, once all
    comments are answered in public; None where there is nothing to read yet.
    """
    if reads_drafts(person):
        return document.latest
    consulted, published = document.consulted or 0, document.published or 0
    if published > consulted:
        return published
    return document.latest if is_answered(document) else None
