"""What the tests with axe-core share: how a page is looked at, and whom and what the demonstration has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import Select, select

from cocreation.accounts.models import Person
from cocreation.core.database import session
from tests.selection import EVERYTHING

AXE = Path(__file__).parents[2] / "static/vendor/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What other colours and longer words alone can break; the rest is a page's structure, one in all languages.
OF_COLOURS_AND_WIDTHS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
SMALL = {"width": 320, "height": 700}  # of what WCAG 1.4.10 wants read without scrolling sideways
LOOK = f"""async (rules) => {{
    for (const part of document.querySelectorAll("main details")) part.open = true;
    const {{ violations }} = await axe.run(document, {{
        runOnly: rules, resultTypes: ["violations"]
    }});
    const faults = violations.flatMap((rule) => rule.nodes.map(
        (node) => `${{rule.id}} at ${{node.target.join(" ")}}: ${{node.failureSummary}}`
    ));
    const {{ scrollWidth }} = document.scrollingElement;
    return scrollWidth > {SMALL["width"]} ? [...faults, `${{scrollWidth}} px wide`] : faults;
}}"""
# Sent as it is, past what the browser would say itself.
SEND_EMPTY = "document.querySelector('main form[method=post]').submit()"

EXPECTED = {"there-is-no-such-page": 404}
BY_DAY_AND_NIGHT = [("ar", "light"), ("fr", "dark")]


def of(column: Any, *conditions: Any) -> Select[Any]:
    return select(column).where(*conditions).order_by(column)


def staff(name: str) -> Person:
    return session.scalars(select(Person).where(Person.email == f"{name}@demo.example")).one()


def found(page: Page, lang: str, paths: list[str], samples: dict[str, object]) -> Iterator[str]:
    """What is wrong with each of the pages. A path with "!" is that of a form to be sent empty."""
    rules = RULES if lang == BY_DAY_AND_NIGHT[0][0] or EVERYTHING else OF_COLOURS_AND_WIDTHS
    page.set_viewport_size(SMALL)
    for path in paths:
        address = f"/{lang}/{path.removesuffix(' !').format_map(samples)}"
        answer = page.goto(address)
        if answer.status != EXPECTED.get(path, 200):
            yield f"{path}: answered {answer.status}"
        if path.endswith("!"):
            with page.expect_navigation():
                page.evaluate(SEND_EMPTY)
            if not page.locator("#errors").count():
                yield f"{path}: lists no errors"
        yield from (f"{path}: {fault}" for fault in page.evaluate(LOOK, rules))
