"""`flask seed …`: the demonstration, and many ideas to measure with.

What plays it is imported when it is played: web, worker and the other commands start sooner without.
"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from cocreation.accounts.scopes import scope_of
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.errors import Refusal
from cocreation.languages import i18n

seed = AppGroup("seed", help="The demonstration cycle.")


@seed.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing when there is a cycle already.")
def demo(if_empty: bool) -> None:
    """Load the demonstration: one past cycle, one open today with a meeting of today, and a person in each role."""
    from cocreation.demonstration import services

    if if_empty and not services.is_empty():
        return
    _not_where_people_rely_on_it()
    try:
        people = services.seed(clock.today(), scope_of)
        lines = [(person.email, person.name, ", ".join(person.roles)) for person in people]
        session.commit()
    except Refusal as refusal:
        with i18n.speaking(i18n.SOURCE.code):
            raise click.ClickException(str(refusal)) from refusal
    click.echo("The demonstration is loaded. Its people:\n")
    for email, name, roles in lines:
        click.echo(f"  {email:<28} {roles:<18} {name}")
    click.echo("\nTo come in as one of them: flask --app wsgi user link EMAIL")


@seed.command("scale")
@click.option("--ideas", required=True, type=click.IntRange(1, 1_000_000), help="How many to add.")
def many(ideas: int) -> None:
    """Add many synthetic ideas with their steps to the newest cycle, to measure with."""
    from cocreation.demonstration import scale, services

    _not_where_people_rely_on_it()
    if services.is_empty():
        raise click.ClickException("Load the demonstration first: flask --app wsgi seed demo")
    added = scale.multiply(ideas)
    session.commit()
    click.echo(f"{added} ideas added.")


def _not_where_people_rely_on_it() -> None:
    """What is invented stands in the register for good, beside what is not."""
    if current_app.extensions["settings"].in_production:
        raise click.ClickException(
            "People rely on this installation: what is invented would stay in its register for good."
            " Load it into a database of its own, with PRODUCTION=no."
        )
