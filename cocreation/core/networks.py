"""Where a request comes from, as far as anyone may count by it."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress

HOUSEHOLD = 64  # bits of an IPv6 address: what one connection is given


def network_of(text: str | None) -> str:
    """The network of an address: an IPv4 address itself, the /64 of an IPv6 one, of which a single connection
    has 2^64; "" for what is no address.
    """
    try:
        address = ipaddress.ip_address((text or "").partition("%")[0].strip())
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((address, HOUSEHOLD), strict=False))
        address = address.ipv4_mapped
    return str(address)


def keyed(network: str, secret: str) -> str | None:
    """What is kept of a network, so that the same one is recognised and nobody reads which it was: a keyed
    digest of 80 bits. None for no network.
    """
    if not network:
        return None
    return hmac.new(secret.encode(), f"network {network}".encode(), hashlib.sha256).hexdigest()[:20]
