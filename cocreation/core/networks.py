"""From which network somebody comes: what limits count by, since one IPv6 customer has 2^64 addresses."""

from __future__ import annotations

import ipaddress

from cocreation.core.secrets import keyed_digest

UNKNOWN = "unknown"
BITS_OF_A_CUSTOMER = 64  # the smallest network a provider gives to one line (RFC 6177)


def network_of(address: str | None) -> str:
    """The network of an IP address: an IPv4 address itself, the /64 of an IPv6 one ("2001:db8::/64").

    An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. What is no address is "unknown",
    so that all who hide theirs share one limit.
    """
    try:
        read = ipaddress.ip_address((address or "").partition("%")[0].strip())
    except ValueError:
        return UNKNOWN
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(read), BITS_OF_A_CUSTOMER), strict=False))
        read = read.ipv4_mapped
    return str(read)


def keyed(network: str, secret: str) -> str | None:
    """What is kept of a network, so that the same one is recognised and nobody reads which it was: a keyed
    digest of 80 bits. None for an unknown one.
    """
    if network == UNKNOWN:
        return None
    return keyed_digest(f"network {network}", secret)[:20]
