"""From a row of the outbox to a mail: words in the reader's language, absolute links, attachments."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from email.message import EmailMessage
from email.utils import formatdate

import segno
from flask import Flask, current_app, render_template
from jinja2 import Template, TemplateNotFound

from cocreation.core import contacts
from cocreation.core.mail_kinds import MailKind
from cocreation.core.outbox import Mail
from cocreation.core.secrets import digest
from cocreation.languages import i18n
from cocreation.web import calendars, identity
from cocreation.web.rendering import QR_MASK, QUIET, absolute_url

# Where a follower stops mails, by the name of the secret in their context: of a backing, of a following.
STOPS = {"unsubscribe": "backing.unsubscribe", "stop_following": "consultations.stop"}


def compose(app: Flask, mail: Mail) -> EmailMessage:
    """The message of `mail`: the subject.txt and body.txt of its kind and, where there is one, body.html.

    `calendar` in its context (an iCalendar text) becomes an attachment; `ticket` (the receipt of a
    registration) is drawn as a QR code for the door, within the mail (`cid:ticket`). A secret of `STOPS`
    lets mail programs stop these mails with one click (RFC 8058).
    """
    settings = app.extensions["settings"]
    with app.test_request_context(base_url=settings.base_url), i18n.speaking(mail.language):
        message = EmailMessage()
        message["From"], message["To"] = identity.sender(settings), contacts.deliverable(mail.to)
        if settings.contact_email:
            message["Reply-To"] = contacts.deliverable(settings.contact_email)
        kind = kind_of(mail)
        subject, body = words(kind, mail.language, mail.context)
        message["Subject"] = subject
        message["Date"], message["Message-ID"] = formatdate(), message_id(mail, identity.domain(settings))
        message["Auto-Submitted"] = "auto-generated"
        for name, endpoint in STOPS.items():
            if stop := mail.context.get(name):
                message["List-Unsubscribe"] = f"<{absolute_url(endpoint, receipt=stop)}>"
                message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(body)
        if html_body := _found(app, kind.template("body.html")):
            message.add_alternative(render_template(html_body, **mail.context), subtype="html")
        html = message.get_body(("html",))
        if html is not None and (ticket := mail.context.get("ticket")):
            address = absolute_url("registration.show_registration", receipt=ticket)
            html.add_related(_qr_png(address), "image", "png", cid="<ticket>", disposition="inline")
        if calendar := mail.context.get("calendar"):
            _attach(message, calendars.issued(calendar))
    message["Content-Language"] = mail.language  # after the content, which brings its own such headers
    return message


def _attach(message: EmailMessage, calendar: str) -> None:
    """An event, saying how it is written and whether to keep or to remove it (RFC 6047, 2.4)."""
    asked = {"charset": "utf-8", "method": calendars.method_of(calendar)}
    message.add_attachment(calendar.encode(), "text", "calendar", filename="event.ics", params=asked)


def _found(app: Flask, name: str) -> Template | None:
    """The template `name`, None where there is none. Whatever it includes has to be there: a mail that loses
    half of itself is not sent.
    """
    try:
        return app.jinja_env.get_template(name)
    except TemplateNotFound:
        return None


def kind_of(mail: Mail) -> MailKind:
    """The kind that a row names. Raises KeyError for a name that no room declares."""
    kinds: dict[str, MailKind] = current_app.extensions["mails"]
    return kinds[mail.template]


def message_id(mail: Mail, domain: str) -> str:
    """The same for a row however often it is sent, so that whoever gets it twice can know."""
    return f"<{mail.id}.{digest(mail.key)[:32]}@{domain}>"


def words(kind: MailKind, language: str, context: dict[str, object]) -> tuple[str, str]:
    """The subject and the plain text of a mail in one language; inside a request."""
    with i18n.speaking(language):
        subject = render_template(kind.template("subject.txt"), **context)
        body = render_template(kind.template("body.txt"), **context)
    body = re.sub(r"\n{3,}", "\n\n", body)  # what a mail leaves out leaves no gap
    return re.sub(r"[ \t\r\n]+", " ", subject).strip(), body.strip() + "\n"


def picture(kind: MailKind, language: str, context: dict[str, object]) -> str:
    """The HTML of a mail in one language as a browser shows it, the code for the door within it; inside a
    request.
    """
    with i18n.speaking(language):
        html = render_template(kind.template("body.html"), **context)
    if not (ticket := context.get("ticket")):
        return html
    drawn = b64encode(_qr_png(absolute_url("registration.show_registration", receipt=ticket))).decode()
    return html.replace("cid:ticket", f"data:image/png;base64,{drawn}")


def _qr_png(address: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(address, error="m", mask=QR_MASK).save(drawn, kind="png", scale=5, border=QUIET)
    return drawn.getvalue()
