"""The one box in the header: words, or the reference of anything that has one."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.portal.find.queries import address_of, typed_receipt
from cocreation.text.cleanup import clean_line
from cocreation.text.references import read_reference
from cocreation.web.access import access, anyone, current_person
from cocreation.web.robots import unlisted

LONGEST = 200  # characters that are looked for


@unlisted
@access(anyone)
def find() -> ResponseReturnValue:
    typed = clean_line(request.args.get("q", ""), LONGEST)
    if typed_receipt(typed):  # a secret: it is brought to where it is typed, and not looked up
        return redirect(url_for("ideas.find_receipt"))
    reference = read_reference(typed)
    if reference and (address := address_of(reference, current_person())):
        return redirect(url_for(address.endpoint, **address.values))
    return redirect(url_for("ideas.index", q=typed or None))
