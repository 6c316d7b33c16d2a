"""The one box of the staff: the reference of anything, words of ideas, names, addresses and telephones.

What is typed may be of a person: it is sent as a form, so that no address, history or journal holds it.
"""

from __future__ import annotations

from typing import cast

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.models import Person
from cocreation.accounts.policy import signed_in
from cocreation.meetings import policy as meetings_policy
from cocreation.text.cleanup import clean_line
from cocreation.text.references import read_reference
from cocreation.web.access import access, current_person
from cocreation.web.limits import limit
from cocreation.web.rendering import render
from cocreation.workplace.queries import ideas, people
from cocreation.workplace.queries.addresses import work_address

LONGEST = 200  # characters that are looked for


@access(signed_in)
@limit("120 per minute")
def search() -> ResponseReturnValue:
    person = cast(Person, current_person())
    typed = clean_line(request.form.get("q", ""), LONGEST)
    reference = read_reference(typed)
    if reference and (address := work_address(reference, person)):
        return redirect(url_for(address.endpoint, **address.values))
    return render(
        "workplace/search.html",
        typed=typed,
        most=people.MOST,
        found=_found(person, typed) if typed else {},
        screens=person.runs_everything,
        can_run=lambda meeting: meetings_policy.can_run(person, meeting),
    )


def _found(person: Person, typed: str) -> dict[str, object]:
    """What is found of each kind, by the name its part of the page has."""
    return {
        "participants": people.participants(person, typed),
        "guests": people.guests(person, typed),
        "delegations": people.delegations(person, typed),
        "authors": ideas.ideas_sent_by(person, typed),
        "team": people.team(person, typed),
        "associations": people.associations(person, typed),
        "meetings": people.meetings(person, typed),
        "hidden": ideas.hidden_ideas(person, typed),
        "ideas": ideas.ideas(typed),
    }
