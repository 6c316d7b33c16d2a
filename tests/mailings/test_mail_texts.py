"""What a mail looks like to somebody who reads it as plain text: paragraphs apart, sentences apart."""

from __future__ import annotations

import re

import pytest

from tests.meeting_day import change


@pytest.fixture
def texts(register, send, cast, mails):
    """The plain texts of the mails of a full meeting, in French, by the first words of their subject."""
    change(cast, places=1)
    register(language="fr")
    register(name="Karim", email="karim@example.org", language="fr")
    send(name="Sanaa", email="sanaa@example.org", language="fr")
    return {mail["Subject"].strip().split("\xa0")[0]: _text(mail) for mail in mails()}


def _text(mail) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_the_parts_of_a_mail_stand_apart(texts):
    assert len(texts) == 3
    for subject, text in texts.items():
        assert "\n\n\n" not in text, subject
        assert re.match(r"Bonjour[^\n]*,\n\n\S", text), subject
        for line in text.splitlines():
            if line.startswith("http"):
                assert f"\n\n{line}\n" in text, subject


def test_two_sentences_of_one_paragraph_do_not_run_together(texts):
    waits = texts["Vous êtes sur la liste d’attente"]
    assert "Vous êtes au rang 1 de la liste.\nQuand quelqu’un annule" in waits
    assert not re.search(r"[a-z]\.[A-ZÀ-Ý][a-z]", waits)
