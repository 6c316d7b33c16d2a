"""From a row of the outbox to a mail: words in the reader's language, absolute links, attachments."""

from __future__ import annotations

import re
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from flask import Flask, render_template
from jinja2 import TemplateNotFound

from cocreation.core import i18n
from cocreation.core.outbox import Mail
from cocreation.web.rendering import absolute_url


def compose(app: Flask, mail: Mail) -> EmailMessage:
    """The message of `mail`: templates/emails/<template>/{subject.txt,body.txt,body.html}.

    `calendar` in its context (an iCalendar text) becomes an attachment. `unsubscribe` (the secret of a
    backing) lets mail programs stop these mails with one click (RFC 8058).
    """
    settings = app.extensions["settings"]
    folder = f"emails/{mail.template}"
    with app.test_request_context(base_url=settings.base_url), i18n.speaking(mail.language):
        message = EmailMessage()
        message["From"], message["To"] = settings.mail_from, mail.to
        subject = render_template(f"{folder}/subject.txt", **mail.context)
        message["Subject"] = re.sub(r"[ \t\r\n]+", " ", subject).strip()
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="cocreation")
        message["Content-Language"], message["Auto-Submitted"] = mail.language, "auto-generated"
        if stop := mail.context.get("unsubscribe"):
            message["List-Unsubscribe"] = f"<{absolute_url('ideas.unsubscribe', receipt=stop)}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(render_template(f"{folder}/body.txt", **mail.context).strip() + "\n")
        with suppress(TemplateNotFound):
            message.add_alternative(render_template(f"{folder}/body.html", **mail.context), subtype="html")
    if calendar := mail.context.get("calendar"):
        message.add_attachment(calendar.encode(), "text", "calendar", filename="event.ics")
    return message
