"""One telephone number has one spelling, and is no longer than a number can be."""

import pytest

from cocreation.core.contacts import is_phone, phone_number


@pytest.mark.parametrize(
    "typed",
    [
        "0612345678",
        "06 12-34 56 78",
        "+212 (0)6 12 34 56 78",
        "+212 ( 0 ) 612345678",
        "00212 (0)612345678",
        "+2120612345678",
        "٠٦١٢٣٤٥٦٧٨",
        "+٢١٢ (٠)٦١٢٣٤٥٦٧٨",
        "(06) 12345678",
        "212612345678",
    ],
)
def test_one_number_has_one_spelling(typed):
    assert is_phone(typed)
    assert phone_number(typed) == "+212612345678"


def test_other_zeros_stay():
    assert phone_number("+33 (0)1 40 20 50 50") == "+33140205050"
    assert phone_number("+225 07 08 09 10 11") == "+2250708091011"


def test_an_international_number_has_fifteen_digits_at_most():
    assert is_phone("+123456789012345")
    assert is_phone("00123456789012345")
    assert not is_phone("+1234567890123456")
    assert not is_phone("123456789012345678")
