"""Forms of ideas: sending one, entering one that came on paper, narrowing their list."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, request
from wtforms import Form as BaseForm
from wtforms.validators import InputRequired

from cocreation.core import clock
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Cycle, Theme
from cocreation.directory.models import Institution, Region
from cocreation.ideas import proof
from cocreation.ideas.models import AuthorKind, Fate, IdeaState, Origin
from cocreation.ideas.queries import OUTCOMES, Filter
from cocreation.ideas.services import Sender, Words
from cocreation.web.forms import BooleanField, Form, HiddenField, OnceField, choose, email, line, paragraph
from cocreation.web.rendering import translated_text

NAME_YOUR_ASSOCIATION = _l("Please give the name of your association.")


class WordsForm(Form):
    """What an idea says, is about, and from whom it comes."""

    proposal = paragraph(
        _l("Your idea"),
        description=_l("What should be done? One idea for each form, in your own words and language."),
    )
    problem = paragraph(
        _l("The problem"), required=False, description=_l("What is going wrong today, and for whom?")
    )
    expected_result = paragraph(
        _l("The result you expect"), required=False, description=_l("What will be different once it is done?")
    )
    theme = choose(_l("Theme"), [], required=False)
    region = choose(_l("Region"), [], required=False)
    kind = choose(_l("Who you are"), AuthorKind, radio=True, default=AuthorKind.PERSON)
    name = line(
        _l("Name"), required=False, limit=120, description=_l("For a person, you may leave this empty.")
    )
    is_named = BooleanField(_l("My name may be shown beside the idea"))
    once = OnceField()

    def offer(self, cycle: Cycle, regions: list[Region]) -> None:
        """Give the choices of this cycle."""
        self.theme.choices = [
            ("", _l("I do not know")),
            *((str(theme.id), translated_text(theme.name)) for theme in cycle.themes),
        ]
        self.region.choices = [("", _l("The whole country")), *_regions(regions)]

    def validate(self, **options: Any) -> bool:
        valid = super().validate(**options)
        if self.kind.data == AuthorKind.ASSOCIATION and not self.name.data:
            self.name.errors, valid = [NAME_YOUR_ASSOCIATION], False
        return valid

    def words(self) -> Words:
        return Words(
            proposal=self.proposal.data,
            problem=self.problem.data,
            expected_result=self.expected_result.data,
            theme_id=int(self.theme.data) if self.theme.data else None,
            region_code=self.region.data or None,
        )

    def sender(self) -> Sender:
        return Sender(self.kind.data, self.name.data, self.email.data, self.is_named.data)


class IdeaForm(WordsForm):
    """The public form. `website` is seen by robots only."""

    email = email(
        _l("E-mail"), description=_l("Only for your receipt and for news of this idea. It is never shown.")
    )
    consent = BooleanField(
        _l("I agree that what I write here is published, and that my name and address are kept to answer me"),
        [InputRequired(_l("Without your agreement we cannot receive your idea."))],
        description=_l("You can withdraw your idea or have your name and address erased at any time."),
    )
    website = line(_l("Leave this empty"), required=False)
    altcha = HiddenField()

    def validate(self, **options: Any) -> bool:
        valid = super().validate(**options)
        if self.website.data:
            self.website.errors, valid = [_l("Please empty this line: only robots fill it in.")], False
        return valid


class EntryForm(WordsForm):
    """The secretariat's form for what came on paper or by e-mail."""

    origin = choose(
        _l("How it came"),
        lambda: [(each.value, each.label) for each in (Origin.PAPER, Origin.EMAIL)],
        radio=True,
        default=Origin.PAPER.value,
    )
    email = email(_l("E-mail of the author"), required=False)


class FilterForm(BaseForm):
    """What narrows the list, read from the address; what cannot be read narrows nothing."""

    CHOSEN_FROM_DATA = ("theme", "region", "institution", "cycle")

    q = line(_l("Words"), required=False, limit=200)
    outcome = choose(_l("What became of it"), [], required=False)
    theme = choose(_l("Theme"), [], required=False)
    region = choose(_l("Region"), [], required=False)
    origin = choose(_l("Where it came from"), Origin, required=False)
    institution = choose(_l("Institution"), [], required=False)
    cycle = choose(_l("Plan"), [], required=False)

    def __init__(self, cycles: list[Cycle], regions: list[Region], institutions: list[Institution]) -> None:
        super().__init__(request.args)
        asked = next((each for each in cycles if each.code == self.cycle.data), None)
        themes = asked.themes if asked else [theme for each in cycles for theme in each.themes]
        offers: dict[str, list[tuple[str, Any]]] = {
            "outcome": [(key(each), each.label) for each in OUTCOMES],
            "theme": [(str(each.id), self._named(each, cycles)) for each in themes],
            "region": _regions(regions),
            "institution": [(each.slug, translated_text(each.name)) for each in institutions],
            "cycle": [(each.code, translated_text(each.title)) for each in cycles],
            "origin": [(str(each.value), each.label) for each in Origin],
        }
        self._ids = {
            "institution": {each.slug: each.id for each in institutions},
            "cycle": {each.code: each.id for each in cycles},
        }
        for name, pairs in offers.items():
            self[name].choices = [("", _l("All")), *pairs]
        self.validate()

    def _named(self, theme: Theme, cycles: list[Cycle]) -> str:
        """A theme comes back in cycle after cycle: with them all on offer, each says whose it is."""
        name = translated_text(theme.name)
        codes = {each.id: each.code for each in cycles}
        return name if len(cycles) == 1 or self.cycle.data else f"{name} ({codes[theme.cycle_id]})"

    def asked(self) -> Filter:
        """What it asks for, as the query reads it."""
        given = {name: field.data for name, field in self._fields.items() if field.data and not field.errors}
        if "outcome" in given:
            given["outcome"] = next(each for each in OUTCOMES if key(each) == given["outcome"])
        if "theme" in given:
            given["theme"] = int(given["theme"])
        given |= {name: ids[given[name]] for name, ids in self._ids.items() if name in given}
        return Filter(**given)

    def says(self, name: str) -> str:
        """What was chosen in a field, in words."""
        field = self[name]
        pairs = (
            {str(value): str(label) for value, label in field.choices} if hasattr(field, "choices") else {}
        )
        return pairs.get(str(field.data), str(field.data))


def key(outcome: Fate | IdeaState) -> str:
    """The word for an outcome in addresses. No state that is an outcome is spelled like a fate."""
    return str(outcome.value)


def proven() -> bool:
    """Whether this sending carries a proof of work made for its form."""
    if "proven" not in g:
        sent = request.form
        g.proven = proof.proves(
            sent.get("altcha", ""), str(current_app.secret_key), sent.get("once", ""), now=clock.now()
        )
    return bool(g.proven)


def _regions(regions: list[Region]) -> list[tuple[str, str]]:
    return [(region.code, translated_text(region.name)) for region in regions]
