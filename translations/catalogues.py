"""The catalogues of sentences: `python -m translations.catalogues update` or `check`.

The sentences in the code are English. The languages that `languages.i18n` declares as required must have each
one of them; the others fall back for those they have not yet. `messages.po` is read as it is: nothing to
compile.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from cocreation.languages.i18n import LANGUAGES, REQUIRED, SOURCE

HERE = Path(__file__).resolve().parent
CODES = [code for code in LANGUAGES if code != SOURCE.code]
SOURCES = [("cocreation/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
# A template that cannot be parsed must stop us rather than lose its sentences.
OPTIONS = {
    pattern: {"silent": "false", "extensions": "jinja2.ext.do"}
    for pattern, method in SOURCES
    if method == "jinja2"
}
KEYWORDS = {
    "_": None,
    "_l": None,
    "_n": (1, 2),
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# They change at every extraction and would make every merge a conflict.
DATES = ('"POT-Creation-Date:', '"PO-Revision-Date:', '"Generated-By:')
# French keeps these signs with their words: a line begins with none of them, and ends with no «.
BREAKS = re.compile(r"[ \t\n][:;?!»]|«(?![\u00a0\u202f])")
# «جهة», in all its forms but not within «الموجهة»: in Morocco it is a region and nothing else.
REGION = re.compile(r"\b[وف]?(?:[بك]?(?:ال)?|لل?)جه(?:ة|ات|تان|تين|ت[اي]|(?:ات|ت)(?:كم|نا|هم|ها|ه))\b")


def extract() -> Catalog:
    """The sentences of the code and the templates."""
    found = Catalog()
    rows = extract_from_dir(
        HERE.parent,
        SOURCES,
        OPTIONS,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for name, _line, message, comments, context in rows:
        found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def path(code: str) -> Path:
    return HERE / code / "LC_MESSAGES" / "messages.po"


def read(code: str) -> Catalog:
    if not path(code).exists():
        return Catalog(locale=code, project="cocreation", fuzzy=False)
    with path(code).open("rb") as file:
        return read_po(file, locale=code)


def update() -> None:
    """Bring each catalogue up to date; translations of sentences that are gone go too."""
    found = extract()
    for code in CODES:
        catalogue = read(code)
        catalogue.update(found, no_fuzzy_matching=True)
        text = io.BytesIO()
        write_po(text, catalogue, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
        lines = text.getvalue().decode().splitlines(keepends=True)
        path(code).parent.mkdir(parents=True, exist_ok=True)
        path(code).write_text("".join(line for line in lines if not line.startswith(DATES)))
        print(f"{code}: {sum(said(message) for message in catalogue if message.id)} of {len(catalogue)}")


def check() -> int:
    """Say what is missing, doubtful or stale; 1 when anything is."""
    wanted = {key(message): message for message in extract() if message.id}
    faults = []
    for code in CODES:
        catalogue = read(code)
        catalogued = {key(message): message for message in catalogue if message.id}
        faults += [
            f"{code}: not in the code any more: {text(message)}"
            for k, message in catalogued.items()
            if k not in wanted
        ]
        faults += [
            f"{code}: {error}: {text(message)}"
            for message in catalogued.values()
            for error in message.check(catalogue)
        ]
        for k, message in wanted.items():
            if k not in catalogued:
                faults.append(f"{code}: not in the catalogue: {text(message)}")
            elif catalogued[k].fuzzy:
                faults.append(f"{code}: marked fuzzy: {text(message)}")
            elif code in REQUIRED and not said(catalogued[k]):
                faults.append(f"{code}: not translated: {text(message)}")
            else:
                faults += [f"{code}: {fault}: {text(message)}" for fault in misworded(code, catalogued[k])]
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} faults. `make messages` brings the catalogues up to date; then translate.")
    return bool(faults)


def key(message: Message) -> tuple[object, str | None]:
    return message.id, message.context


def text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def misworded(code: str, message: Message) -> list[str]:
    """What no sentence of this language may say, or not for what the English says."""
    forms = "\n".join(message.string) if isinstance(message.string, tuple) else message.string
    faults = []
    if code == "fr" and BREAKS.search(forms):
        faults.append("plain space before : ; ? ! » or after «")
    if code == "ar" and "region" not in text(message).lower() and REGION.search(forms):
        faults.append("«جهة» is a region, an institution is «إدارة»")
    return faults


def said(message: Message) -> bool:
    """Whether it is translated, in each of its plural forms."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


if __name__ == "__main__":
    commands = {"update": update, "check": check}
    if sys.argv[1:] not in [[name] for name in commands]:
        sys.exit("python -m translations.catalogues update | check")
    sys.exit(commands[sys.argv[1]]())
