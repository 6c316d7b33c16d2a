"""`flask user …`: people of the staff, from the operator's shell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup

from cocreation.accounts import queries, scopes, services
from cocreation.accounts.models import Role
from cocreation.core import clock, contacts
from cocreation.core.database import session
from cocreation.core.errors import NotFound, Refusal
from cocreation.languages import i18n
from cocreation.web.rendering import absolute_url

user = AppGroup("user", help="People of the staff.")


@user.command("invite")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option(
    "--scope", help="What a scoped role is for: OR1, OR1-W2, an institution's slug, 2024-C07, or an id."
)
@click.option("--name", default="", help="How the platform calls this person.")
@click.option(
    "--language",
    default=i18n.DEFAULT.code,
    type=click.Choice(list(i18n.LANGUAGES)),
    help="Language of the mail.",
)
def invite(email: str, role: str, scope: str | None, name: str, language: str) -> None:
    """Give the person at EMAIL a role and mail them a link, valid 7 days; print the link too."""
    email, typed = contacts.mailbox(email), email
    if not email:
        raise click.BadParameter(f"{typed} is not an e-mail address", param_hint="EMAIL")
    chosen = Role(role)
    with _plainly():
        person, token = services.invite(
            email,
            chosen,
            scope_id=scopes.scope_of(chosen, scope),
            name=name,
            language=language,
            by=None,
            now=clock.now(),
        )
        session.commit()
    click.echo(f"{email} is now {role}{f' for {scope}' if scope else ''}.")
    if token:
        click.echo(_address("accounts.accept", person.language, token))


@user.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a link that signs in EMAIL, once, within 15 minutes, without password or code.

    Whoever has this shell can do anything already; this is how to play each person of the demonstration.
    """
    try:
        person, token = services.new_sign_in_link(contacts.mailbox(email), now=clock.now())
    except NotFound:
        raise click.ClickException(f"Nobody here has the address {email}. See `flask user list`.") from None
    session.commit()
    click.echo(_address("accounts.link", person.language, token))


@user.command("first")
def first() -> None:
    """Where nobody is of the staff yet: say how the first one comes in. Else nothing."""
    if not queries.all_people():
        click.echo(
            "Nobody is of the staff yet. Invite yourself, in another window; the printed link lets you in:\n"
            "  .venv/bin/flask --app wsgi user invite EMAIL --role administrator\n"
            "Then “First steps”, /manage/first-steps, says what there is to do."
        )


@user.command("list")
def show() -> None:
    """Who is of the staff, with their roles."""
    people = queries.all_people()
    if not people:
        click.echo("Nobody yet: flask --app wsgi user invite EMAIL --role administrator")
    named = scopes.references(grant for person in people for grant in person.grants)
    for person in people:
        grants = sorted(person.grants, key=lambda grant: grant.id)
        roles = [f"{g.role}{f' of {named[g.id]}' if g.id in named else ''}" for g in grants]
        state = " (disabled)" if person.disabled_at else "" if person.password else " (no password yet)"
        click.echo(f"{person.email:<36} {person.name:<20} {', '.join(roles)}{state}")


@contextmanager
def _plainly() -> Iterator[None]:
    """A refusal as one English line instead of a traceback."""
    with i18n.speaking(i18n.SOURCE.code):
        try:
            yield
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal


def _address(endpoint: str, language: str, token: str) -> str:
    with current_app.test_request_context():
        return absolute_url(endpoint, lang=language, token=token)
