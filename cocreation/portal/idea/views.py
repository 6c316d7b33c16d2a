"""The page of an idea: what it says, what became of it, and how to stand behind it."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from cocreation.adoption.queries import sections_carrying
from cocreation.backing.forms import BackingForm
from cocreation.ideas.chain.links import chain_of, has_relatives, who, why_hidden
from cocreation.ideas.queries import family, idea as ideas_idea
from cocreation.portal.idea.page import IdeaPage
from cocreation.web.access import access, anyone
from cocreation.web.rendering import absolute_url, qr_code, render


@access(anyone)
def idea(reference: str) -> ResponseReturnValue:
    idea = ideas_idea.get_idea(reference)
    address = absolute_url("portal.idea", reference=idea.reference)
    return render(
        "portal/idea.html",
        page=IdeaPage(
            idea,
            chain_of(idea),
            who(idea),
            why_hidden(idea),
            family.family(idea) if has_relatives(idea) else None,
        ),
        sections=sections_carrying(idea),
        address=address,
        qr=qr_code(address),
        backing=BackingForm(),
    )
