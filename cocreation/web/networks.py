"""From which network a request comes."""

from __future__ import annotations

from flask import current_app, request

from cocreation.core import networks


def network() -> str | None:
    """The keyed digest of the network of this request (`core.networks`), None where it is not known."""
    return networks.keyed(networks.network_of(request.remote_addr), str(current_app.secret_key))
