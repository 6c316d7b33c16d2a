"""What a receipt opens: the author's own page of an idea."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for

from cocreation.core import clock, secrets
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.ideas import policy, queries, services
from cocreation.ideas.chain import chain_of
from cocreation.ideas.views.blueprint import bp
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.forms import Form, line
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import absolute_url, qr_code, render


@bp.get("/receipts/<receipt>")
@access(by_secret)
@limit_reading("60 per minute")
def receipt(receipt: str) -> Any:
    code = secrets.read_receipt(receipt)
    if secrets.is_slip(code) and not queries.opens(code):
        return render("ideas/not_entered.html", code=code)
    idea = queries.by_receipt(code)
    if not idea.is_public:
        return redirect(url_for("ideas.confirm", receipt=idea.receipt))
    qr = qr_code(absolute_url("ideas.receipt", receipt=idea.receipt))
    can_withdraw = policy.can_withdraw(idea)
    return render("ideas/receipt.html", idea=idea, chain=chain_of(idea), qr=qr, can_withdraw=can_withdraw)


@bp.post("/receipts/<receipt>/withdraw")
@access(by_secret)
@limit("20 per minute")
def withdraw(receipt: str) -> Any:
    idea = services.withdraw(secrets.read_receipt(receipt), now=clock.now())
    return redirect(url_for("ideas.receipt", receipt=idea.receipt))


@bp.post("/receipts/<receipt>/erase")
@access(by_secret)
@limit("20 per minute")
def erase(receipt: str) -> Any:
    idea = services.erase_author(secrets.read_receipt(receipt))
    return redirect(url_for("ideas.receipt", receipt=idea.receipt))


class ReceiptForm(Form):
    code = line(_l("Code of the receipt"), limit=60)


@bp.route("/receipts", methods=["GET", "POST"])
@access(anyone)
@limit("10 per minute")
def find_receipt() -> Any:
    """The code of a paper receipt leads to what it is the receipt of."""
    form = ReceiptForm()
    if form.submitted():
        code = secrets.read_receipt(form.code.data)
        pages = {"idea": "ideas.receipt", "registration": "meetings.show_registration"}
        if (opened := queries.opens(code)) or secrets.is_slip(code):
            return redirect(url_for(pages[opened or "idea"], receipt=code))
        form.code.errors = [_l("No receipt has this code. Compare it with your paper, letter by letter.")]
    return render("ideas/find_receipt.html", form=form)
