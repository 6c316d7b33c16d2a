"""Public pages of ideas: send one, follow it, find any."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, redirect, request, url_for

from cocreation.core import clock, secrets
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.queries import current_cycle
from cocreation.ideas import policy, proof, queries, services
from cocreation.ideas.chain import chain_of, who
from cocreation.ideas.forms import FilterForm, IdeaForm, proven
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.forms import Form, line
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import absolute_url, qr_code, render

bp = Blueprint("ideas", __name__)

# A browser that worked for it may send more; without JavaScript nothing can be proven, only rationed.
PROVEN, UNPROVEN = "60 per hour", "5 per hour"


@bp.route("/ideas/new", methods=["GET", "POST"])
@access(anyone)
@limit("30 per minute")
@limit(lambda: PROVEN if proven() else UNPROVEN, deduct_when=lambda response: response.status_code < 400)
def new() -> Any:
    cycle = current_cycle(clock.today())
    form = IdeaForm()
    if cycle is None or not cycle.is_open(Phase.INTAKE, clock.today()):
        return render("ideas/closed.html", 200 if request.method == "GET" else 409, **_closed(cycle, form))
    form.offer(cycle, queries.all_regions())
    if form.submitted():
        words, sender, once = form.words(), form.sender(), form.once.data
        if _idea := form.attempt(services.submit, cycle.id, words, sender, once=once, now=clock.now()):
            return redirect(url_for("ideas.sent"))
    return render("ideas/new.html", form=form, cycle=cycle)


def _closed(cycle: Cycle | None, form: IdeaForm) -> dict[str, Any]:
    """When ideas are collected, and what somebody typed who sends one too late."""
    period = cycle.period(Phase.INTAKE) if cycle else None
    texts = (form.proposal, form.problem, form.expected_result)
    return {
        "period": period,
        "ended": period is not None and period.is_past(clock.today()),
        "typed": [(field.label.text, field.data) for field in texts if field.data],
    }


@bp.get("/ideas/challenge")
@access(anyone)
@limit_reading("120 per hour")
def challenge() -> Response:
    """A challenge for the browser, bound to the number of its form (`once`)."""
    once = request.args.get("once", "")[:64]
    response = jsonify(proof.challenge(current_app.secret_key, once, now=clock.now()))  # type: ignore[arg-type]
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/ideas/sent")
@access(anyone)
def sent() -> Any:
    return render("ideas/sent.html", within=services.CONFIRM_WITHIN.days)


@bp.route("/ideas/confirm/<receipt>", methods=["GET", "POST"])
@access(by_secret)
@limit_reading("60 per minute")
def confirm(receipt: str) -> Any:
    idea, form = queries.by_receipt(secrets.read_receipt(receipt)), Form()
    if form.submitted():
        form.attempt(services.confirm, idea.receipt, now=clock.now())
    if idea.is_public:
        return redirect(url_for("ideas.receipt", receipt=idea.receipt))
    until = services.expires_at(idea)
    return render("ideas/confirm.html", form=form, idea=idea, until=until, expired=until <= clock.now())


@bp.get("/receipts/<receipt>")
@access(by_secret)
@limit_reading("60 per minute")
def receipt(receipt: str) -> Any:
    idea = queries.by_receipt(secrets.read_receipt(receipt))
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
        if opened := queries.opens(code):
            return redirect(url_for(pages[opened], receipt=code))
        form.code.errors = [_l("No receipt has this code. Compare it with your paper, letter by letter.")]
    return render("ideas/find_receipt.html", form=form)


@bp.get("/ideas")
@access(anyone)
def index() -> Any:
    filters = _filters()
    asked = filters.asked()
    page = queries.list_ideas(asked, request.args.get("cursor"))
    chosen = {name: filters[name].data for name in asked.chosen}
    chips = [(filters.says(name), _list(chosen, without=name)) for name in chosen]
    return render("ideas/index.html", filters=filters, page=page, chips=chips, chosen=chosen)


def _list(chosen: dict[str, str], without: str) -> str:
    """The address of the list without one of its filters."""
    return url_for("ideas.index", **{name: value for name, value in chosen.items() if name != without})  # type: ignore[arg-type]


@bp.get("/ideas/filters")
@access(anyone)
def narrow() -> Any:
    """All that can narrow the list, apart from it, so that the list stays light."""
    return render("ideas/filters.html", filters=_filters(offer=True))


def _filters(offer: bool = False) -> FilterForm:
    """What narrows the list; what there is to choose from is read to `offer` it, or to name a choice."""
    if offer or any(request.args.get(name) for name in FilterForm.CHOSEN_FROM_DATA):
        return FilterForm(queries.cycles_with_themes(), queries.all_regions(), queries.all_institutions())
    return FilterForm([], [], [])


@bp.get("/ideas/<reference>")
@access(anyone)
def show(reference: str) -> Any:
    idea = queries.get_idea(reference)
    here = absolute_url("ideas.show", reference=idea.reference)
    return render(
        "ideas/show.html", idea=idea, chain=chain_of(idea), who=who(idea), here=here, qr=qr_code(here)
    )
