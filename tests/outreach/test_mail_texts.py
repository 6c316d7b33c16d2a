"""What a mail looks like to somebody who reads it as plain text: paragraphs apart, sentences apart."""

from __future__ import annotations

import re

import pytest

from cocreation.places import emails
from tests.mails import kind, text
from tests.meeting_day import change, worded


@pytest.fixture
def texts(register, send, cast, mails):
    """The plain texts of the mails of a full meeting, in French, by kind: of two alike the earlier one."""
    change(cast, places=1)
    register(language="fr")
    register(name="Karim", email="karim@example.org", language="fr")
    send(name="Sanaa", email="sanaa@example.org", language="fr")
    return {kind(mail): text(mail).replace("\r\n", "\n") for mail in mails()}


def test_the_parts_of_a_mail_stand_apart(texts):
    assert len(texts) == 3
    for name, words in texts.items():
        assert "\n\n\n" not in words, name
        assert re.match(r"[^\n]+\n\n\S", words), name  # the greeting
        for line in words.splitlines():
            if line.startswith("http"):
                assert f"\n\n{line}\n" in words, name


def test_two_sentences_of_one_paragraph_do_not_run_together(texts):
    waits = texts[emails.WAITING.name]
    turn = worded("You are number %(turn)s in the list.", "fr") % {"turn": 1}
    following = worded(
        "When somebody cancels, the place is offered to the first in the list, then to the next. "
        "We will write to you then.",
        "fr",
    )
    assert f"{turn}\n{following}" in waits
    assert not re.search(r"[a-z]\.[A-ZÀ-Ý][a-z]", waits)
