"""Every public page of the demonstration, in every language: it answers, is well formed, light and quick."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import brotli
import html5lib
import pytest
from flask import Flask
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.languages.i18n import LANGUAGES
from cocreation.reasons.models import Fate
from tests.html import parse

MOST_BYTES = 15 * 1024
MOST_STATEMENTS = 6
# A full workshop is a hundred and more lines of people's words, a consulted text has twenty comments beside
# its own words, and a consultation on a plan holds the summary of each of its texts, to be printed as one:
# they are weighed as they are sent.
WEIGHED_AS_SENT = {"portal.workshop", "comments.text", "consultations.show"}
# What a page says when nobody told it what to say. Within words of people "None" is a word like another.
UNSAID = re.compile(r"\bNone\b|undefined|%\(|\{\{|\}\}|Translated\(|<bound|object at 0x")

FIXED = [
    ("portal.home", "/"),
    ("portal.about", "/about"),
    ("portal.privacy", "/privacy"),
    ("privacy.kept", "/privacy/kept"),
    ("portal.translations", "/translations"),
    ("portal.coverage", "/coverage"),
    *(("portal.coverage", f"/coverage?by={by}&cycle=2024") for by in ("region", "theme", "institution")),
    ("portal.coverage", "/coverage?by=origin"),
    ("portal.region", "/regions/02"),
    ("portal.region", "/regions/09"),
    ("cycles.index", "/cycles"),
    ("cycles.show", "/cycles/2024"),
    ("cycles.show", "/cycles/2025"),
    ("meetings.index", "/meetings"),
    *(("meetings.show", f"/meetings/{reference}") for reference in ("OR1", "SM1", "TG1")),
    *(("statistics.statistics", f"/meetings/{reference}/statistics") for reference in ("OR1", "SM1")),
    *(
        ("statistics.compare", f"/meetings/compare?by={by}&cycle=2024")
        for by in ("age", "capacity", "province")
    ),
    *(("meetings.programme", f"/meetings/{reference}/programme") for reference in ("OR1", "SM1", "TG1")),
    *(("meetings.photos", f"/meetings/{reference}/photos") for reference in ("OR1", "TG1")),
    *(("registration.register", f"/meetings/{reference}/register") for reference in ("SM1", "TG1")),
    *(("portal.workshop", f"/meetings/OR1/workshops/{number}") for number in (1, 2, 3)),
    ("ideas.index", "/ideas"),
    ("ideas.index", "/ideas?q=المعلومة"),
    ("ideas.narrow", "/ideas/filters"),
    ("submission.new", "/ideas/new"),
    ("submission.sent", "/ideas/sent"),
    ("submission.paper", "/ideas/paper"),
    ("ideas.find_receipt", "/receipts"),
    ("fates.fates", "/fates"),
    ("fates.fates", "/fates?fate=deferred&cycle=2024"),
    ("fates.narrow", "/fates/filters"),
    ("consultations.index", "/consultations"),
    ("consultations.show", "/consultations/2024-PC1"),
    ("consultations.follow", "/consultations/follow"),
    ("dispositions.index", "/consultations/2024-PC1/dispositions"),
    ("dispositions.index", "/consultations/2024-PC1/dispositions?outcome=taken_up"),
    ("dispositions.narrow", "/consultations/2024-PC1/dispositions/filters"),
    ("dispositions.figures", "/consultations/2024-PC1/figures"),
    ("comment_answers.answer", "/consultations/2024-PC1/answers/1"),
    ("coordination.index", "/coordination"),
    ("portal.plan", "/plan"),
    ("portal.commitment", "/plan/commitments/2024-C02"),
    ("portal.commitment", "/plan/commitments/2024-C21"),
    ("self_assessment.index", "/self-assessments"),
    ("adoption.adopted", "/plan/2024/adopted"),
    ("adoption.adopted", "/plan/2024/adopted/1"),
    ("adoption.why", "/documents/2024-C02/why"),
    ("adoption.why", "/documents/2024-C07/why?comment=2024-PC1-0010"),
    *(("comments.text", f"/consultations/2024-PC1/texts/2024-C13{query}") for query in ("", "?sort=section")),
    ("comments.text", "/consultations/2025-PC1/texts/2025-C01"),
    *(
        ("comments.new", f"/consultations/2025-PC1/texts/2025-C01/comment{query}")
        for query in ("", "?section=solution")
    ),
    *(("comments.comment", f"/consultations/2024-PC1/comments/{number}") for number in (1, 137)),
    ("comments.comment", "/consultations/2025-PC1/comments/9"),
    ("comments.signatures", "/consultations/2024-PC1/comments/137/signatures"),
    ("comments.reply", "/consultations/2025-PC1/comments/1/reply"),
    ("comments.support", "/consultations/2025-PC1/comments/1/support"),
    ("comments.sent", "/comments/sent"),
    ("screening.screening", "/screening"),
    ("ledger.index", "/register"),
    ("ledger.index", "/register?idea=2024-1"),
    ("ledger.entry", "/register/1"),
    ("moderation.index", "/moderation"),
    ("moderation.report", "/ideas/2024-1/report"),
    ("moderation.report_comment", "/consultations/2024-PC1/comments/1/report"),
    ("moderation.reported", "/moderation/thanks"),
    ("directory.institutions", "/institutions"),
    ("board.index", "/institutions/board"),
    ("board.index", "/institutions/board?cycle=2024&sort=days"),
    ("directory.associations", "/associations"),
    ("directory.declare", "/associations/new"),
    ("accounts.sign_in", "/sign-in"),
    ("accounts.forgot", "/sign-in/forgotten"),
]


@pytest.mark.words  # which are weighed with the page
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page(
    demonstration: Flask, language: str, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    client, faults = demonstration.test_client(), []
    for endpoint, path in FIXED + ideas(demonstration):
        with statements() as asked:
            answer = client.get(f"/{language}{path}")
        faults += [f"{path}: {fault}" for fault in wrong(answer.status_code, answer.text, language)]
        sent = brotli.compress(answer.data, quality=4) if endpoint in WEIGHED_AS_SENT else answer.data
        if (size := len(sent)) > MOST_BYTES:
            faults.append(f"{path}: {size / 1024:.1f} KB of HTML")
        if len(asked) > MOST_STATEMENTS:
            faults.append(f"{path}: {len(asked)} statements")
    assert not faults, "\n".join(faults)


def wrong(status: int, page: str, language: str) -> list[str]:
    """What is wrong with a page, in words."""
    if status != 200:
        return [f"answered {status}"]
    faults = []
    try:
        html5lib.HTMLParser(strict=True).parse(page)
    except html5lib.html5parser.ParseError as error:
        faults.append(f"not well formed: {error}")
    root = re.search(r"<html[^>]*>", page)
    direction = LANGUAGES[language].direction
    if not root or f'lang="{language}"' not in root[0] or f'dir="{direction}"' not in root[0]:
        faults.append(f"starts with {root and root[0]}")
    faults += [f"says “{found}”" for found in sorted(set(UNSAID.findall(text_of(page))))]
    return faults


def text_of(page: str) -> str:
    """What is read on a page, scripts left out."""
    tree = parse(page)
    for parent in tree.iter():
        for child in list(parent):
            if child.tag in ("script", "style"):
                parent.remove(child)
    return " ".join(tree.itertext())


def ideas(app: Flask) -> list[tuple[str, str]]:
    """One idea of each fate and of each state."""
    with app.app_context():
        found = []
        for column, values in ((Idea.fate, Fate), (Idea.state, IdeaState)):
            for value in values:
                references = select(Idea.reference).where(column == value, Idea.reference.is_not(None))
                if reference := session.scalar(references.order_by(Idea.id).limit(1)):
                    found.append(("portal.idea", f"/ideas/{reference}"))
        session.remove()
    assert len(found) >= len(Fate) + len(IdeaState) - 1
    return found
