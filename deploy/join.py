"""Join the parts of a stylesheet or a script into the one file that is served.

    python deploy/join.py static/css/site/main.css static/css/site.css
    python deploy/join.py static/js/arriving/main.js static/js/arriving.js

A stylesheet is its main file, with each `@import "part.css" layer(name);` replaced by that part in its layer.
A script is its main file and what it imports, each once, after what it needs, in one function. The parts are
modules to whoever reads, lints and tests them; joined they share their names, so no two may have the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STYLE = re.compile(r'^@import "([^"]+)"(?: layer\((\w+)\))?;$')
# What there is of the language of modules here: names from a part, and names for others.
IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
NAMED = re.compile(r"^(export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


def join(main: Path) -> str:
    """The text of the file that `main` and its parts become. Raises SystemExit where they do not fit."""
    folder = main.resolve().parent.relative_to(ROOT)
    head = f"/* Joined by deploy/join.py: change {folder}/, not this. */\n"
    return head + (_style(main) if main.suffix == ".css" else _script(main))


def _style(main: Path) -> str:
    """The parts in their order; those of one layer that follow each other share one block."""
    lines = main.read_text().splitlines()
    joined = []
    for layer, found in groupby(lines, key=lambda line: (match := STYLE.match(line)) and (match[2] or "")):
        if layer is None:
            joined += found
            continue
        parts = [(main.parent / line.split('"')[1]).read_text() for line in found]
        joined += [f"@layer {layer} {{", *parts, "}"] if layer else parts
    return "\n".join(joined) + "\n"


def _script(main: Path) -> str:
    parts = dict(_parts(main, {}))
    owners: dict[str, Path] = {}
    for part, text in parts.items():
        for _, name in NAMED.findall(text):
            if owners.setdefault(name, part) is not part:
                raise SystemExit(f"{part}: {name} is a name of {owners[name]} too.")
        for names, source in IMPORT.findall(text):
            offered = {name for export, name in NAMED.findall(parts[_source(part, source)]) if export}
            if missing := {name.strip() for name in names.split(",") if name.strip()} - offered:
                raise SystemExit(f"{part}: {source} has no {', '.join(sorted(missing))}.")
    bare = (EXPORT.sub("", IMPORT.sub("", text)).strip() for text in parts.values())
    text = "\n\n".join(bare)
    if left := re.search(r"^(import|export)\b.*", text, re.MULTILINE):
        raise SystemExit(f"{main}: this form cannot be joined: {left[0]}")
    return f'(() => {{\n"use strict";\n\n{text}\n}})();\n'


def _parts(part: Path, seen: dict[Path, bool]) -> Iterator[tuple[Path, str]]:
    """`part` after all that it imports, each once."""
    if part in seen:
        return
    seen[part] = True
    text = part.read_text()
    for _, source in IMPORT.findall(text):
        yield from _parts(_source(part, source), seen)
    yield part, text


def _source(part: Path, source: str) -> Path:
    return Path(part.parent, source).resolve()


if __name__ == "__main__":
    main, target = map(Path, sys.argv[1:])
    target.write_text(join(main.resolve()))
