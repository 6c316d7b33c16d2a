"""Commands of the register."""

from __future__ import annotations

from typing import BinaryIO, TextIO

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import current_app
from flask.cli import AppGroup

from cocreation.core import database
from cocreation.ledger import checkpoints, journal, keys, queries, verification

register = AppGroup("register", help="The register of decisions.")


@register.command("verify")
@click.argument("file", type=click.File(encoding="utf-8"), required=False)
@click.option("--checkpoints", "kept", type=click.File(encoding="utf-8"), help="Checkpoints as downloaded.")
@click.option("--key", type=click.File("rb"), help="The public key as downloaded; else the one of here.")
def verify(file: TextIO | None, kept: TextIO | None, key: BinaryIO | None) -> None:
    """Check that no entry is altered, missing or out of place, here or in a downloaded FILE, and that what
    was signed still stands. Names everything that is wrong.
    """
    database.reading()
    if file:
        found = verification.Verifier(verification.read_lines(file))
    else:
        found = verification.Verifier(journal.entries_with_subjects(), queries.head())
    wrong: list[object] = [*found.faults()]
    signed = verification.read_checkpoints(kept) if kept else () if file else checkpoints.checkpoints()
    try:
        days, public = list(signed), _key(key)
    except ValueError as error:
        raise click.ClickException(f"This cannot be read: {error}.") from error
    wrong += verification.unsigned(days, found, public)
    for fault in wrong:
        click.echo(str(fault), err=True)
    if wrong:
        raise click.ClickException(f"The register does not hold: {len(wrong)} faults.")
    click.echo(f"{found.count} entries, none altered. The last hash is {found.last}")
    if days or not file:
        click.echo(f"{len(days)} checkpoints hold, signed with the key {keys.fingerprint(public)}")


def _key(given: BinaryIO | None) -> Ed25519PublicKey:
    if given:
        return keys.public_key(given.read())
    return keys.key_of(current_app.extensions["settings"]).public_key()
