"""What the documents quote is there: paths, names of the code, tests, commands, links, rooms.

A document that names what no longer exists sends a newcomer looking for it, and is doubted afterwards also
where it is right.
"""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.quotations import FENCE, ROOT, links, missing, quotations, sources

# "`A` and `B` in `cocreation/….py`": each of them stands in that file.
STANDS_IN = re.compile(
    r"((?:`[\w.]+`(?:,\s+|\s+and\s+)?)+),?\s+in\s+`((?:cocreation|tests|deploy)/[\w/]+\.py)`"
)
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/**/*.md")),
)


@pytest.mark.parametrize("name", ["reliability.md", "security.md"])
def test_every_test_a_document_names_exists(name):
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / name).read_text())
    assert named
    absent = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or f"def {test}" not in (ROOT / path).read_text()
    ]
    assert not absent


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_quotes_exists(document):
    path, text = ROOT / document, (ROOT / document).read_text()
    wrong = [f"{quoted}: {what}" for quoted in quotations(text) for what in missing(quoted)]
    wrong += [f"link to {target}" for target in links(text) if not (path.parent / target).exists()]
    assert not wrong


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_says_stands_in_a_file_does(document):
    said = STANDS_IN.findall((ROOT / document).read_text())
    absent = [
        f"{name} in {path}"
        for names, path in said
        for name in re.findall(r"\w+(?=`)", names)
        if not re.search(rf"\b{name}\b", (ROOT / path).read_text())
    ]
    assert not absent


@pytest.mark.parametrize(
    "wrong",
    [
        "docs/no-such-page.md",
        "cocreation/core/evnts.py",
        "core/evnts.py",
        "core/{events,evnts}.py",
        "<room>/nobody_has_this.py",
        "nobody_has_this.py",
        "tests/test_docs.py::test_that_is_not_there",
        "cocreation.core.events.tel",
        "core.events.tel",
        "web.render()",
        "@web.access.acess(anyone)",
        "Cycle.no_such_field",
        "cycle.no_such_method(today)",
        "NoSuchClass",
        "NO_SUCH_CONSTANT",
        "no_such_function",
        "make tset",
        "make test ARGS=tests/test_dogs.py",
        "flask --app wsgi mail sent",
        ".venv/bin/flask --app wsgi worker --onec",
        "deploy/cocreation keys mak",
        "mail sent",
        "backup FILE --too age1",
        "register verify [--chekpoints FILE]",
        ".venv/bin/python -m translations.catalogs check",
    ],
)
def test_what_is_not_there_is_noticed(wrong):
    assert list(missing(wrong))


def test_what_a_fence_quotes_is_noticed():
    text = "Do:\n\n```sh\nmake tset   # all of them\n```\n\n```\n a view   web.acess\n```\n"
    assert [what for quoted in quotations(text) for what in missing(quoted)] == [
        "no target tset",
        "no such name",
    ]


def test_every_document_the_code_names_exists():
    named = {name for text in sources().values() for name in re.findall(r"\bdocs/[\w/.-]+\.md\b", text)}
    assert named
    assert not [name for name in sorted(named) if not (ROOT / name).exists()]


FAMILY = 21  # characters: the column of families in the map of the house


def test_the_map_of_the_house_shows_every_room_in_its_layer_and_no_other():
    fences = FENCE.findall((ROOT / "docs/architecture.md").read_text())
    (drawing,) = (body for kind, body in fences if kind == "text")
    # A family, its rooms, and behind a wider gap what they are for.
    rooms = (re.split(r" {3,}", line[FAMILY:])[0] for line in drawing.splitlines())
    shown = [room for line in rooms for room in re.findall(r"\w+", line)]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = [re.findall(r"\w+", layer) for layer in contracts[0]["layers"]]
    layer_of = {room: number for number, layer in enumerate(layers) for room in layer}
    assert sorted(shown) == sorted(layer_of)
    assert shown == sorted(shown, key=lambda room: layer_of[room])


def test_what_a_room_says_it_may_import_is_what_its_layer_lets_it():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = [re.findall(r"\w+", layer) for layer in contracts[0]["layers"]]
    for number, rooms in enumerate(layers):
        below = {room for layer in layers[number + 1 :] for room in layer}
        for face in (ROOT / "cocreation" / room / "__init__.py" for room in rooms):
            if face.exists() and (said := re.search(r"It may import ([^.;]*)", face.read_text())):
                named, what_is_below, _ = re.split(r"(below|$)", re.sub(r"\(.*\)", "", said[1]), maxsplit=1)
                names = set(re.findall(r"\w+", named)) & {room for layer in layers for room in layer}
                assert names <= below, face
                assert what_is_below or names == below, face


def test_every_decision_and_every_guide_is_in_the_list_of_its_folder():
    for folder in ("decisions", "how-to"):
        listed = set(links((ROOT / "docs" / folder / "README.md").read_text()))
        assert {path.name for path in (ROOT / "docs" / folder).glob("*.md")} - {"README.md"} <= listed
