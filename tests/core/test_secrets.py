"""Receipts are read as people copy them."""

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
    assert all(secrets.read_receipt(each) == each for each in new)
    assert not set("".join(new)) & set("ILOU")


@given(st.text())
def test_whatever_is_typed_is_a_receipt_or_nothing(typed):
    read = secrets.read_receipt(typed)
    assert read == "" or secrets.read_receipt(read) == read


def test_only_the_digest_of_a_link_is_kept():
    token = secrets.new_token()
    assert token not in secrets.digest(token)
    assert secrets.digest(token) == secrets.digest(token) != secrets.digest(secrets.new_token())
