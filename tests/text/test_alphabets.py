"""A word of two alphabets that look alike."""

import pytest

from cocreation.text.alphabets import mixes_alphabets


@pytest.mark.parametrize("name", ["Аmal", "Amаl Bennani", "Βennani", "جمعية Οfoq"])
def test_a_word_that_borrows_letters(name):
    assert mixes_alphabets(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Amal",
        "Амал",
        "جمعية OFOQ للتنمية",
        "O’Brien-3",
        "ⵜⴰⵎⵙⵎⵓⵏⵜ",
        "Œuvre d’été",
        "شركةX",
        "Ирина Dupont",
    ],
)
def test_names_as_people_have_them(name):
    assert not mixes_alphabets(name)
