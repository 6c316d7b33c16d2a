"""One network, one limit."""

import pytest

from cocreation.core.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("", "unknown"),
        ("unix:", "unknown"),
        ("192.0.2.7, 192.0.2.8", "unknown"),
    ],
)
def test_the_network_of_an_address(address, network):
    assert network_of(address) == network
