"""What a receipt opens: the author's own page of an idea."""

from __future__ import annotations

import json

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.core.personal_data import is_erased
from cocreation.ideas import policy
from cocreation.ideas.chain.links import chain_of
from cocreation.ideas.forms.receipt import AppealForm, ReceiptForm, ReplyForm
from cocreation.ideas.queries import dialogue, idea as ideas_idea, receipts
from cocreation.ideas.services import dialogue as ideas_dialogue, export as ideas_export, withdrawal
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.web import confirmation
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import absolute_url, qr_code, render


@access(by_secret)
@limit_reading("60 per minute")
def receipt(receipt: str) -> ResponseReturnValue:
    code = secrets.read_receipt(receipt)
    if secrets.is_slip(code) and not receipts.opens(code) and not is_erased(code):
        return render("ideas/not_entered.html", code=code)
    return _own_page(code)


def _own_page(
    code: str, reply: ReplyForm | None = None, contest: AppealForm | None = None
) -> ResponseReturnValue:
    """The author's page of an idea; a form that was refused stands in it, with what was typed."""
    idea = ideas_idea.by_receipt(code)
    if not idea.is_public:
        return redirect(url_for("submission.confirm", receipt=idea.receipt))
    return render(
        "ideas/receipt.html",
        form=reply or contest,
        reply=reply or ReplyForm(),
        contest=contest or AppealForm(),
        idea=idea,
        chain=chain_of(idea),
        qr=qr_code(absolute_url("ideas.receipt", receipt=idea.receipt)),
        question=dialogue.last_question(idea.id),
        appeal=dialogue.appeal_of(idea.id),
        today=clock.today(),
        may=policy,
    )


@access(by_secret)
@limit("20 per minute")
def reply(receipt: str) -> ResponseReturnValue:
    code, form = secrets.read_receipt(receipt), ReplyForm()
    if form.submitted() and form.carries_out(ideas_dialogue.reply, code, form.reply.data, now=clock.now()):
        flash(_("Your answer is received, and your idea goes on."))
        return redirect(url_for("ideas.receipt", receipt=code))
    return _own_page(code, reply=form)


@access(by_secret)
@limit("20 per minute")
def appeal(receipt: str) -> ResponseReturnValue:
    code, form = secrets.read_receipt(receipt), AppealForm()
    if form.submitted() and form.carries_out(ideas_dialogue.appeal, code, form.reasons.data, now=clock.now()):
        flash(_("Your appeal is filed. Someone other than the person who decided answers it, in public."))
        return redirect(url_for("ideas.receipt", receipt=code))
    return _own_page(code, contest=form)


@access(by_secret)
@limit_reading("20 per minute")
def export(receipt: str) -> Response:
    """Everything that is held about an idea and its author, to take along."""
    held = ideas_export.export(secrets.read_receipt(receipt))
    response = Response(json.dumps(held, ensure_ascii=False, indent=2), mimetype="application/json")
    name = held["idea"]["reference"] or "idea"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@access(by_secret)
@limit("20 per minute")
def withdraw(receipt: str) -> ResponseReturnValue:
    question = _("Withdraw this idea? This cannot be undone.")
    if asked := confirmation.certain(question, _("Yes, withdraw"), url_for("ideas.receipt", receipt=receipt)):
        return asked
    idea = withdrawal.withdraw(secrets.read_receipt(receipt), now=clock.now())
    return redirect(url_for("ideas.receipt", receipt=idea.receipt))


# The page of what a code is the receipt of.
PAGES = {
    "idea": "ideas.receipt",
    "registration": "registration.show_registration",
    "delegation": "delegations.show_delegation",
    "invitation": "invitations.answer_invitation",
}


@access(anyone)
@limit("10 per minute")
def find_receipt() -> ResponseReturnValue:
    """The code of a receipt, from paper or from a mail, leads to what it is the receipt of."""
    form = ReceiptForm()
    if form.submitted():
        code = secrets.read_receipt(form.code.data)
        if (opened := receipts.opens(code)) or secrets.is_slip(code) or is_erased(code):
            return redirect(url_for(PAGES[opened or "idea"], receipt=code))
        form.code.errors = [_l("No receipt has this code. Compare it with your paper, letter by letter.")]
    return render("ideas/find_receipt.html", form=form)
