"""Forwarded mails are read for who wrote first, and what."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from cocreation.files.messages import Message, read


def mail(body: str, html: str = "", sender: str = "Nadia B. <Nadia@example.org>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "team@example.org", "فكرة"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_plain_message():
    read_ = read(mail("نشر الميزانية\n\nشكرا").as_bytes())
    assert read_ == Message("نشر الميزانية\n\nشكرا", "Nadia B.", "nadia@example.org")


def test_a_message_in_html_only():
    message = EmailMessage()
    message["From"] = "a@b.org"
    message.set_content("<style>p{}</style><p>Un &amp; <b>deux</b></p><p>trois<br>quatre</p>", subtype="html")
    assert read(message.as_bytes()) == Message("Un & deux\ntrois\nquatre", "", "a@b.org")


def test_forwarded_as_a_file():
    outer = mail("Pour vous", sender="Salma <salma@example.org>")
    outer.add_attachment(mail("Publier le budget"))
    assert read(outer.as_bytes()) == Message("Publier le budget", "Nadia B.", "nadia@example.org")


FORWARDED = {
    "gmail": (
        "Voici.\n\n---------- Forwarded message ---------\nFrom: Nadia B. <nadia@example.org>\n"
        "Date: Tue, Mar 3, 2026 at 9:00 AM\nSubject: idée\nTo: <team@example.org>\n\nPublier le budget"
    ),
    "outlook": (
        "-----Message d'origine-----\nDe : Nadia B. <nadia@example.org>\nEnvoyé : mardi 3 mars 2026 09:00\n"
        "À : équipe\nObjet : idée\n\nPublier le budget"
    ),
    "bold": ("*De :* Nadia B. <nadia@example.org>\n*Envoyé :* mardi\n*Objet :* idée\n\nPublier le budget"),
    "arabic": (
        "---------- رسالة معاد توجيهها ---------\nمن: Nadia B. <nadia@example.org>\n"
        "التاريخ: 3 مارس 2026\nالموضوع: فكرة\nإلى: الفريق\n\nPublier le budget"
    ),
}


@pytest.mark.parametrize("program", FORWARDED)
@pytest.mark.parametrize("pasted", [True, False])
def test_forwarded_in_the_text(program, pasted):
    text = FORWARDED[program]
    raw = text.encode() if pasted else mail(text, sender="Salma <salma@example.org>").as_bytes()
    assert read(raw) == Message("Publier le budget", "Nadia B.", "nadia@example.org")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", ""),
        (b"Publier: le budget", "Publier: le budget"),
        (b"\xff\xfe\x00rubbish", None),
        (b"From: x\nContent-Type: text/plain; charset=nowhere\n\nbonjour", None),
        (b"From: a@b.org\nContent-Type: multipart/mixed; boundary=x\n\n--x\n", ""),
    ],
)
def test_whatever_comes_is_read_or_left(raw, words):
    read_ = read(raw)
    assert words is None or read_.words == words


def test_what_is_no_address_is_none():
    assert read(b"From: Nadia\nSubject: x\n\nbonjour") == Message("bonjour", "Nadia", "")
