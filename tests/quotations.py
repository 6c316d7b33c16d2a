"""What a document quotes of the repository, and what of it is not there (test_docs.py)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from cocreation.app import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
WRONG = "tests/test_docs.py"  # it quotes what must not be there

FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
DOTTED = re.compile(r"@?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\(.*\))?")
CLASS = re.compile(r"(?!None$|True$|False$)[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)*")
# A word no sentence has: CAPITALS or snake_case.
NAME = re.compile(r"@?([A-Z]{2,}(?:_[A-Z]+)*|[a-z]\w*_\w+)(?:\(.*\))?=?")

# What a set-up or a trial makes, and no commit holds.
MADE = ("var/", ".venv/", "node_modules/", "static/vendor")
# What a guide has its reader make, for example.
EXAMPLES = ("cocreation/portal/numbers", "templates/portal/numbers")
# What a file's name ends with; a quotation that ends so is a file, not an attribute.
KINDS = r"(?:py|md|toml|html|txt|css|js|json|po|svg|typ|conf|env|in)"
TEXTS = (
    ".py",
    ".toml",
    ".html",
    ".txt",
    ".js",
    ".css",
    ".typ",
    ".env",
    ".conf",
    ".service",
    ".timer",
    "file",
)
FOLDERS = ("cocreation", "deploy", "docs", "migrations", "static", "templates", "tests", "translations")

# From where a path is said: a module of a room, a template, a mail.
BASES = ("", "cocreation/", "templates/", "templates/emails/")


def quotations(text: str) -> Iterator[str]:
    """What stands in backticks, the lines of fenced commands without their comments, and the modules of a
    fenced drawing.
    """
    for kind, body in FENCE.findall(text):
        if kind in ("", "sh"):
            yield from (line.split(" #")[0].strip() for line in body.splitlines())
        if not kind:
            yield from (word for word in re.findall(r"[\w.]+", body) if _begins_with_a_room(word))
    yield from SPAN.findall(FENCE.sub("", text))


def _begins_with_a_room(word: str) -> bool:
    room, dot, rest = word.partition(".")
    return bool(dot and rest) and (ROOT / "cocreation" / room).is_dir()


def links(text: str) -> list[str]:
    """Where a document leads to inside the repository."""
    return [target for target in LINK.findall(text) if ":" not in target]


def missing(quoted: str) -> Iterator[str]:
    """What of a quotation is not in the repository."""
    yield from _missing_paths(quoted)
    yield from _missing_commands(quoted)
    if re.search(rf"\.{KINDS}$", quoted) or "/" in quoted:
        return
    if dotted := DOTTED.fullmatch(quoted):
        if not _is_name(dotted[1]):
            yield "no such name"
    elif CLASS.fullmatch(quoted):
        if quoted not in _classes():
            yield "no such class"
    elif (name := NAME.fullmatch(quoted)) and name[1] not in _words():
        yield "nobody uses it"


# --- paths ---


def _missing_paths(quoted: str) -> Iterator[str]:
    for token in re.split(r"[\s\"'=,]+(?![^{]*\})", quoted):
        path, _, test = token.partition("::")
        if not _is_path(path):
            continue
        found = files_of(path)
        if not found:
            yield f"no file {path}"
        elif test and not any(re.search(rf"\bdef {test}\b", file.read_text()) for file in found):
            yield f"no test {test}"


def _is_path(token: str) -> bool:
    if token.startswith(("/", "http", "…", *MADE, *EXAMPLES)) or not re.fullmatch(r"[\w.<>*{},/-]+", token):
        return False
    top = token.split("/")[0]
    is_below = "/" in token and ((ROOT / top).is_dir() or (ROOT / "cocreation" / top).is_dir())
    return is_below or bool(re.search(rf"[\w>]\.{KINDS}$", token))


def files_of(path: str) -> list[Path]:
    """The files and folders of a path, from one of `BASES`; <…> stands for any name. None of them when one of
    {its,choices} is missing.
    """
    found: list[Path] = []
    for pattern in _choices(re.sub(r"<\w+>", "*", path.rstrip("/"))):
        if "/" in path:
            those = [file for folder in BASES for file in ROOT.glob(f"{folder}{pattern}")]
        else:
            those = [file for file in _files() if file.match(pattern)]
        if not those:
            return []
        found += those
    return found


def _choices(pattern: str) -> list[str]:
    """`a.{js,css}` as `a.js` and `a.css`."""
    if not (braces := re.search(r"\{([^}]*)\}", pattern)):
        return [pattern]
    return [pattern.replace(braces[0], choice, 1) for choice in braces[1].split(",")]


# --- names ---


def _is_name(dotted: str) -> bool:
    if dotted[0].isupper():
        return _is_of_class(*dotted.split("."))
    if _resolves(dotted) or _resolves(f"cocreation.{dotted}"):
        return True
    owner, *rest = dotted.split(".")  # `cycle.is_open`, of a Cycle
    return _is_of_class(owner.title().replace("_", ""), *rest)


def _is_of_class(owner: str, *names: str) -> bool:
    """Whether a class called `owner` has what these names lead to."""
    return any(_has(getattr(import_module(module), owner), names) for module in _classes().get(owner, ()))


def _resolves(dotted: str) -> bool:
    """Whether there is a module, a class or a function of that name."""
    names = dotted.split(".")
    for length in range(len(names), 0, -1):
        try:
            module = import_module(".".join(names[:length]))
        except ModuleNotFoundError:
            continue
        return _has(module, names[length:])
    return False


def _has(owner: Any, names: Sequence[str]) -> bool:
    for name in names:
        if name in getattr(owner, "__annotations__", {}):
            return True  # a field: what it holds is no attribute of the class
        if not hasattr(owner, name):
            return False
        owner = getattr(owner, name)
    return True


@cache
def _classes() -> dict[str, list[str]]:
    """The modules that define a class of each name."""
    found: dict[str, list[str]] = {}
    for name, text in sources().items():
        if name.startswith(("cocreation/", "tests/")) and name.endswith(".py"):
            module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            for node in ast.parse(text).body:
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, []).append(module)
    return found


@cache
def _words() -> frozenset[str]:
    """All words of the code."""
    return frozenset(word for text in sources().values() for word in re.findall(r"\w+", text))


@cache
def sources() -> dict[str, str]:
    """The texts of the code, its settings and its templates, by path."""
    named = {str(file.relative_to(ROOT)): file for file in _files()}
    return {name: file.read_text() for name, file in named.items() if name.endswith(TEXTS) and name != WRONG}


@cache
def _files() -> tuple[Path, ...]:
    """The files somebody wrote."""
    below = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*")]
    written = (file for file in [*ROOT.iterdir(), *below] if file.is_file())
    return tuple(file for file in written if not str(file.relative_to(ROOT)).startswith(MADE))


# --- commands ---


def _missing_commands(quoted: str) -> Iterator[str]:
    for module in re.findall(r"python -m ([\w.]+)", quoted):
        if not _resolves(module):
            yield f"no module {module}"
    if target := re.match(r"make ([a-z-]+)", quoted):
        if not re.search(rf"^{target[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE):
            yield f"no target {target[1]}"
        return
    *prefix, said = re.split(r"flask --app wsgi |deploy/cocreation ", quoted, maxsplit=1)
    commands = {str(command.name): command for command in COMMANDS}
    words = said.split()
    if prefix or (len(words) > 1 and words[0] in commands):
        yield from _missing_of(click.Group(commands=commands), words)


def _missing_of(at: click.Command, words: list[str]) -> Iterator[str]:
    """What of these words is neither a command nor an option of the command before them."""
    for word in (word.strip("[]") for word in words):
        if isinstance(at, click.Group):
            if word in ("COMMAND", "…"):
                return
            name = word if word in at.commands or word.islower() else "make"  # `backup FILE` makes one
            if name not in at.commands:
                yield f"no command {word}"
                return
            at = at.commands[name]
        elif word.startswith("--") and not any(word in parameter.opts for parameter in at.params):
            yield f"no option {word}"
