"""Every mail is declared once, has its templates, and can be read before it is ever sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import selectinload

from cocreation.app import MAILS
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.core.settings import ROOT
from cocreation.languages.i18n import LANGUAGES
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import Meeting
from cocreation.outreach import queries
from cocreation.web.post import compose
from tests.cast import THEN

TEMPLATES = ROOT / "templates"


def test_every_folder_of_templates_is_of_one_mail_and_has_a_subject_and_a_text():
    folders = {Path(kind.template("subject.txt")).parent for kind in MAILS}
    assert len(folders) == len({kind.name for kind in MAILS}) == len(MAILS)
    for part in ("subject.txt", "body.txt"):
        assert folders == {path.relative_to(TEMPLATES).parent for path in TEMPLATES.glob(f"emails/**/{part}")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_says_its_sample_in_every_language(app, cast, language):
    for kind in MAILS:
        mail = sampled(app, cast, kind, language)
        text = mail.get_body(("plain",)).get_content()
        assert mail["Subject"].strip(), kind.name
        assert text.strip(), kind.name
        html = mail.get_body(("html",))
        for said in [mail["Subject"], text, *([html.get_content()] if html else [])]:
            assert "None" not in said, kind.name
            assert "%(" not in said, kind.name


def sampled(app, cast, kind, language):
    """The message of a mail that says its sample."""
    with app.test_request_context(f"/{language}/"):
        meeting = session.get_one(Meeting, cast.meeting.id, options=[selectinload(Meeting.workshops)])
        context = queries.sample(kind, meeting) if isinstance(kind, MeetingMail) else kind.sample()
    row = {"id": 1, "key": "a sample", "to": "nobody@example.org", "queued_at": THEN, "due_at": THEN}
    return compose(app, Mail(**row, language=language, template=kind.name, context=context))
