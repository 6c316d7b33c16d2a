"""From which network somebody comes: what limits count by, since one IPv6 customer has 2^64 addresses."""

from __future__ import annotations

import ipaddress

BITS_OF_A_CUSTOMER = 64  # the smallest network a provider gives to one line (RFC 6177)


def network_of(address: str) -> str:
    """The network of an IP address: an IPv4 address itself, the /64 of an IPv6 one ("2001:db8::/64").

    An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. What is no address is "unknown",
    so that all who hide theirs share one limit.
    """
    try:
        read = ipaddress.ip_address(address.strip())
    except ValueError:
        return "unknown"
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(read), BITS_OF_A_CUSTOMER), strict=False))
        read = read.ipv4_mapped
    return str(read)
