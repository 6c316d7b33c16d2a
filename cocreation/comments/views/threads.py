"""Comments as everyone reads them: on their text, in their thread, as a campaign."""

from __future__ import annotations

import io

from flask import request, send_file
from flask.typing import ResponseReturnValue

from cocreation.comments import pages, queries
from cocreation.comments.pages import TextPage
from cocreation.comments.queries import CommentOrder
from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.web.access import access, anyone
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import render


@access(anyone)
def text(reference: str, document: str) -> ResponseReturnValue:
    """The consulted version, section by section, and what is said of it."""
    order = request.args.get("sort", "")
    page = TextPage(
        queries.consulted_text(reference, document),
        clock.now(),
        CommentOrder(order) if order in list(CommentOrder) else CommentOrder.NEW,
        request.args.get("section", ""),
        request.args.get("cursor"),
    )
    return render(
        "comments/text.html", page=page, orders=CommentOrder, author=pages.author, change=pages.change
    )


@access(anyone)
def comment(reference: str, number: int) -> ResponseReturnValue:
    """The thread in which it stands, opened at it."""
    page = pages.thread_page(reference, number, request.args.get("cursor"), clock.now())
    return render("comments/comment.html", page=page, author=pages.author, change=pages.change)


@access(anyone)
def signatures(reference: str, number: int) -> ResponseReturnValue:
    """All who sent a copy of this comment."""
    head = queries.get_comment(reference, number)
    if head.campaign is None:
        raise NotFound
    signed = queries.signatures(head.campaign.id, request.args.get("cursor"))
    return render("comments/signatures.html", head=head, signed=signed, author=pages.author)


@access(anyone)
@limit_reading("60 per minute")
def memorandum(reference: str, number: int) -> ResponseReturnValue:
    """To be saved, never shown by the browser in our name; once its association has confirmed it."""
    file = queries.memorandum_to_read(reference, number)
    return send_file(io.BytesIO(file.content), "application/pdf", as_attachment=True, download_name=file.name)
