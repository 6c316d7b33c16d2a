"""The comparison of two versions says what differs, and nothing else."""

from __future__ import annotations

import io
import subprocess
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from cocreation.languages import i18n
from tests.compare import meant, sight, visitor, wording
from tests.compare.differences import Report, compare_mails, compare_pages, compare_rows

TOKEN = 'value="{}.ag2KXA.5KZ8m1QhU0Y2f8m1QhU0Y2f8m1Q"'
PAGE = "<h1>Ideas</h1><p class=a>Ten of them.</p><a href='/ar/plan'>Plan</a><input name=csrf_token {}>"


def shown(
    page: str = PAGE, *, token: str = "a" * 60, status: int = 200, asked=("SELECT ideas",), links=()
) -> Any:
    body = page.format(TOKEN.format(token)).encode()
    answer = (status, "text/html; charset=utf-8", "", zlib.compress(body), tuple(asked))
    return {
        "pages": {("anonymous", "/ar/ideas"): answer},
        "links": {("anonymous", "ar"): dict.fromkeys(links, "/ar/ideas")},
    }


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (shown(), {}),
        (shown(token="b" * 60), {}),
        (shown(PAGE.replace("class=a", "class=b")), {}),
        (shown(asked=()), {}),
        (shown(PAGE.replace("Ten", "Nine")), {"page": 1}),
        (shown(PAGE.replace("/ar/plan", "/ar/plans")), {"page": 1}),
        (shown(status=404), {"page": 1}),
        (shown(asked=["SELECT ideas"] * 2), {"statements": 1}),
        (shown(links=["/ar/plan"]), {"link": 1}),
    ],
)
def test_what_people_see_of_a_page_is_compared(now, found, capsys):
    report = Report([])
    compare_pages("sqlite", shown(), now, report)
    assert dict(report.found) == found


DECLARED = """
[[change]]
what = "Nine ideas are enough"
why = "CHANGELOG.md: Nine ideas are enough"
{kind} = ["anonymous /{{ar,fr}}/{page}", "anonymous /ar/missing"]
lines = ["{line}", "+Nine of …"]
"""


@pytest.mark.parametrize(
    ("kind", "page", "line", "unused"),
    [
        ("pages", "ideas", "-Ten of them.", []),
        ("pages", "…", "-Ten …", []),
        ("pages", "ideas", "-Ten", ["-Ten"]),
        ("pages", "idea", "-Ten of them.", None),
        ("statements", "ideas", "-Ten of them.", None),
    ],
)
def test_a_difference_that_is_meant_is_counted_and_not_told(kind, page, line, unused, tmp_path, capsys):
    (tmp_path / "since-0.toml").write_text(DECLARED.format(kind=kind, page=page, line=line))
    report = Report(meant.read(tmp_path / "since-0.toml"))
    compare_pages("sqlite", shown(), shown(PAGE.replace("Ten", "Nine")), report)
    told = capsys.readouterr().out
    said = report.meanings(unused=True)
    if unused == []:
        assert (report.found, told, report.as_meant) == ({}, "", 1)
        assert "Nine ideas are enough: 1 × page" in said
    else:
        assert report.found == {"page": 1}
        assert "-Ten of them." in told
        assert ("+Nine of them." in told) is (unused is None)
    everything = [f"anonymous /{{ar,fr}}/{page}", line, "+Nine of …"]
    for text in everything if unused is None else unused:
        assert f"not seen: Nine ideas are enough: {text}" in said
    assert "not seen: Nine ideas are enough: anonymous /ar/missing" in said
    assert "not seen" not in report.meanings(unused=False)


def test_what_is_declared_for_a_commit_holds_for_those_before_it(tmp_path, monkeypatch):
    def git(*words: str) -> str:
        identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
        done = subprocess.run(
            ["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "--quiet")
    commits = []
    for message in ("first", "second", "third"):
        git("commit", "--quiet", "--allow-empty", "--message", message)
        commits.append(git("rev-parse", "--short", "HEAD"))
    monkeypatch.setattr(meant, "FOLDER", tmp_path / "meant")
    meant.FOLDER.mkdir()
    declared = DECLARED.format(kind="pages", page="ideas", line="-Ten")
    (meant.FOLDER / f"since-{commits[1]}.toml").write_text(declared)
    assert [len(meant.changes_since(commit)) for commit in commits] == [1, 1, 0]


def test_what_is_declared_says_what_is_known(tmp_path):
    path = tmp_path / "since-0.toml"
    for wrong in (DECLARED.replace("{kind} = ", "page = "), DECLARED.replace("why = ", "reason = ")):
        path.write_text(wrong.format(kind="pages", page="ideas", line="-Ten"))
        with pytest.raises((KeyError, TypeError)):
            meant.read(path)


@pytest.mark.parametrize("path", sorted(meant.FOLDER.glob("since-*")), ids=lambda path: path.stem)
def test_each_change_that_is_declared_was_meant_by_a_document(path):
    for change in meant.read(path):
        document, _, words = change.why.partition(": ")
        assert " ".join(words.split()) in " ".join(Path(document).read_text().split()), change.what


THEN = """
msgid "Ideas"
msgstr "Idées"

msgid "Gone"
msgstr "Parti"

msgid "%(count)s idea"
msgid_plural "%(count)s ideas"
msgstr[0] "%(count)s idée"
msgstr[1] "%(count)s idées"
"""


@pytest.mark.words  # of two wordings
def test_what_is_worded_otherwise_is_said_as_it_was(monkeypatch):
    today = THEN.replace("Idées", "Toutes").replace("Gone", "New").replace("s idées", "s idées reçues")
    today += '\nmsgid "All ideas"\nmsgstr "Liste"\n'
    was = THEN + '\nmsgid "The ideas"\nmsgstr "Les idées"\n'
    then = wording.worded_otherwise(was, today, {"The ideas": "All ideas"})
    assert then == {
        "Ideas": "Idées",
        ("%(count)s idea", 1): "%(count)s idées",
        "All ideas": "Les idées",
    }
    catalogue = i18n.catalogue("fr")
    monkeypatch.setattr(catalogue, "_catalog", dict(wording._sentences(today)))
    visitor._word({"fr": then})
    with i18n.speaking("fr"):
        assert i18n.gettext("Ideas") == "Idées"
        assert i18n.ngettext("%(count)s idea", "%(count)s ideas", 3) == "3 idées"
        assert i18n.gettext("New") == "Parti"


def test_mails_and_rows_are_compared(capsys):
    report = Report([])
    compare_mails(
        "sqlite",
        {"a": ("Subject: Yes", "text/plain\nTen")},
        {"a": ("Subject: No", "text/plain\nTen")},
        report,
    )
    compare_rows({"ideas": ["{'text': 'Ten'}"]}, {"ideas": ["{'text': 'Nine'}"]}, report)
    assert dict(report.found) == {"mail": 1, "rows": 1}
    told = capsys.readouterr().out
    assert "-Subject: Yes" in told
    assert "+{'text': 'Nine'}" in told


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("{'id': 1, 'text': 'Ten', 'key': 'ideas/sent:1', 'old': 2}", []),
        ("{'id': 1, 'text': 'Ten', 'key': 'ideas/sent:1', 'new': 2}", ["-column old", "+column new"]),
        (
            "{'id': 2, 'text': 'Ten', 'key': 'ideas/sent:2', 'old': 2}",
            ["+numbers of rows, secrets or the order of rows"],
        ),
        (
            "{'id': 1, 'text': 'Nine', 'key': 'ideas/sent:1', 'old': 2}",
            [
                "-{'text': 'Ten', 'key': 'ideas/sent:…', 'old': 2}",
                "+{'text': 'Nine', 'key': 'ideas/sent:…', 'old': 2}",
            ],
        ),
    ],
)
def test_of_a_table_is_told_what_one_side_only_has(now, told, capsys):
    compare_rows(
        {"ideas": ["{'id': 1, 'text': 'Ten', 'key': 'ideas/sent:1', 'old': 2}"]}, {"ideas": [now]}, Report([])
    )
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in lines if line.startswith(("+", "-"))] == told


def test_a_new_column_of_a_sheet_is_all_that_differs():
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'

    def sheet(*rows: dict[str, str]) -> bytes:
        data = "".join(
            "<row>" + "".join(cell.format(*pair) for pair in row.items()) + "</row>" for row in rows
        )
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("xl/sheet.xml", f"<a><b/><sheetData>{data}</sheetData></a>")
        return packed.getvalue()

    before = sight.lines("", sheet({"A1": "Name", "B1": "Meal"}, {"A2": "Hind", "B2": "any"}))
    after = sight.lines(
        "", sheet({"A1": "Name", "B1": "By", "C1": "Meal"}, {"A2": "Hind", "B2": "link", "C2": "any"})
    )
    assert [line for line in after if line not in before] == [
        'xl/sheet.xml: row 1, By t="inlineStr": By',
        'xl/sheet.xml: row 2, By t="inlineStr": link',
    ]
    assert [line for line in after if line in before] == before
