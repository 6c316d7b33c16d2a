"""What people type is cleaned once, kept when something is wrong, and refused in plain words."""

import pytest

GOOD = {"name": "Aïcha", "email": "aicha@example.org"}


def send(client, **typed):
    return client.post("/en/trial/form", data=GOOD | typed)


def test_what_is_good_passes(trial_client):
    assert send(trial_client).json["name"] == "Aïcha"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"name": "  two   words \t"}, "two words"),
        ({"name": "evil\u202etxt"}, "eviltxt"),
        ({"name": "<b>bold</b>"}, "<b>bold</b>"),
    ],
)
def test_a_line_is_cleaned_and_otherwise_kept_as_typed(trial_client, typed, kept):
    assert send(trial_client, **typed).json["name"] == kept


def test_an_address_is_compared_in_small_letters(trial_client):
    assert send(trial_client, email=" Aicha@Example.ORG ").json["email"] == "aicha@example.org"


@pytest.mark.parametrize(
    "typed", ["", "aicha", "a@b", "a b@example.org", "a@example.org, b@example.org", "@x.y"]
)
def test_what_is_no_address_is_refused(trial_client, typed):
    assert send(trial_client, email=typed).status_code == 422


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200f", "x" * 21, "x" * 100_000])
def test_what_is_empty_or_too_long_is_refused(trial_client, typed):
    assert send(trial_client, name=typed).status_code == 422


def test_a_text_in_several_languages_keeps_those_it_has(trial_client):
    sent = {"title-ar": "عنوان", "title-fr": " ", "title-de": "Titel"}
    assert send(trial_client, **sent).json["title"] == {"ar": "عنوان"}
