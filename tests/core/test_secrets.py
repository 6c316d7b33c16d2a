"""Receipts are read as people copy them."""

import itertools

import pytest
from hypothesis import given, strategies as st

from cocreation.core import secrets

RECEIPT = "7F3K-QX9M-2BTD-0HW1"


@pytest.mark.parametrize(
    "typed",
    [
        RECEIPT,
        RECEIPT.lower(),
        "7F3KQX9M2BTD0HW1",
        " 7f3k qx9m 2btd 0hw1 ",
        "7F3K–QX9M–2BTD–0HW1",
        "7F3K-QX9M-2BTD-OHWI",
        "7F3K-QX9M-2BTD-ohwl",
        "\u200f7F3K-QX9M-2BTD-0HW1\u200f",
    ],
)
def test_a_receipt_is_read_however_it_is_copied(typed):
    assert secrets.read_receipt(typed) == RECEIPT


@pytest.mark.parametrize("typed", ["", "7F3K", RECEIPT + "0", "?" * 16, "وصل"])
def test_what_is_no_receipt_opens_nothing(typed):
    assert secrets.read_receipt(typed) == ""


def test_a_new_receipt_reads_as_itself_and_is_never_the_same():
    new = {secrets.new_receipt() for _ in range(200)}
    assert len(new) == 200
    assert all(secrets.read_receipt(receipt) == receipt for receipt in new)
    assert not set("".join(new)) & set("ILOU")


@given(st.text())
def test_whatever_is_typed_is_a_receipt_or_nothing(typed):
    read = secrets.read_receipt(typed)
    assert read == "" or secrets.read_receipt(read) == read


def test_only_the_digest_of_a_link_is_kept():
    token = secrets.new_token()
    assert token not in secrets.digest(token)
    assert secrets.digest(token) == secrets.digest(token) != secrets.digest(secrets.new_token())


def test_a_slip_is_a_receipt_whose_letters_check_each_other():
    slips = {secrets.new_slip() for _ in range(100)}
    assert len(slips) == 100
    assert all(secrets.read_receipt(slip) == slip and secrets.is_slip(slip) for slip in slips)
    assert sum(secrets.is_slip(secrets.new_receipt()) for _ in range(300)) < 10
    assert not any(secrets.is_slip(typed) for typed in ("", "0000-0000-0000-0000", "7F3K"))


def test_no_wrong_letter_and_no_swap_passes_for_a_slip():
    slip = secrets.new_slip().replace("-", "")
    for place, letter in itertools.product(range(16), secrets.ALPHABET):
        wrong = slip[:place] + letter + slip[place + 1 :]
        assert secrets.is_slip(secrets.read_receipt(wrong)) == (wrong == slip)
    for place in range(15):
        swapped = slip[:place] + slip[place + 1] + slip[place] + slip[place + 2 :]
        assert secrets.is_slip(secrets.read_receipt(swapped)) == (swapped == slip)
