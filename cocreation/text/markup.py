"""The one place where text of people becomes HTML: escape, isolate, link, and a last gate."""

import re

import nh3
from bleach.linkifier import Linker
from markupsafe import Markup, escape

from cocreation.languages.i18n import LANGUAGES

_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")

_LATIN_OR_DIGIT = r"0-9A-Za-zÀ-ɏ\u0660-\u0669\u06f0-\u06f9"
_ARABIC_LETTER = r"\u0620-\u064a\u066e-\u06d3\u0750-\u077f"
# A web address as it is typed inside a sentence: the sentence's punctuation stays outside, brackets
# belong to it in pairs. bleach looks at escaped text, hence the entities: & is part of an address,
# < > " ' end it.
_CHAR = r"(?!&(?:amp|lt|gt|quot|#34|#39);)[^\s<>\"'«»“”،؛؟()\[\]]"
_PIECE = rf"&amp;|{_CHAR}|\((?:&amp;|{_CHAR})*\)"
_WEB = rf"(?<![\w@.])(?:https?://|www\.)(?:{_PIECE})*(?![.,;:!?])(?:{_PIECE})"

# The runs that the bidi algorithm would turn round or tear apart: "2021-2023" after an Arabic letter
# reads backwards, and "Open Government (OGP)" loses its brackets to the other side.
_OPPOSITE = {
    "rtl": re.compile(
        rf"{_WEB}|[+#@]?[{_LATIN_OR_DIGIT}](?:[^{_ARABIC_LETTER}\n،؛؟()<>\[\]«»“”]*[{_LATIN_OR_DIGIT}])?[%°]?",
        re.IGNORECASE,
    ),
    "ltr": re.compile(rf"[{_ARABIC_LETTER}](?:[^{_LATIN_OR_DIGIT}\n,;?()<>\[\]«»“”]*[{_ARABIC_LETTER}])?"),
}

# bleach's own pattern links whatever ends like a domain ("plan.py", "31.so") and every scheme.
_ADDRESS = re.compile(_WEB, re.IGNORECASE)

_ALLOWED = {"p": {"lang", "dir"}, "br": set[str](), "bdi": set[str](), "a": {"href"}}


def html(text: str, language: str, *, linked: bool = True) -> Markup:
    """Text of people in `language` as paragraphs of safe HTML.

    A blank line separates paragraphs, a line end is a <br>. Web addresses become links that search
    engines ignore; not if it is not `linked`, for words that stand in a link. Numbers and Latin words inside
    Arabic (and Arabic inside the rest) are isolated in <bdi>. Raises KeyError for a language the platform
    does not have.
    """
    direction = LANGUAGES[language].direction
    paragraphs = (_paragraph(part, direction) for part in _PARAGRAPHS.split(text.strip()) if part.strip())
    page = "".join(f'<p lang="{language}" dir="{direction}">{body}</p>' for body in paragraphs)
    return Markup(_gate(_linked(page) if linked else page))  # noqa: S704 - this is the gate


def in_order(text: str, language: str) -> str:
    """A line in `language`, for a title, an option or a mail: "2024-2025" and "Open Government" keep their
    order in Arabic. One number or one word keeps it by itself and is left as it is.
    """
    runs = _OPPOSITE[LANGUAGES[language].direction]
    return runs.sub(lambda run: run[0] if run[0].isalnum() else isolate_text(run[0]), text)


def isolate(text: object) -> Markup:
    """`text` inside a sentence: escaped, and kept from disturbing the direction of its neighbours."""
    return Markup("<bdi>") + escape(text) + Markup("</bdi>")


def isolate_text(text: object) -> str:
    """The same in plain text: sentences of refusals, flashes and mails."""
    return f"\u2068{text}\u2069"


def _paragraph(text: str, direction: str) -> str:
    return "<br>".join(_isolated_runs(line.strip(), _OPPOSITE[direction]) for line in text.split("\n"))


def _isolated_runs(line: str, opposite: re.Pattern[str]) -> str:
    pieces, end = [], 0
    for run in opposite.finditer(line):
        pieces += [escape(line[end : run.start()]), isolate(run[0])]
        end = run.end()
    return "".join([*pieces, escape(line[end:])])


def _linked(page: str) -> str:
    """With links on web addresses. Most texts have none, and bleach parses the whole page to find out."""
    return Linker(callbacks=[], url_re=_ADDRESS).linkify(page) if _ADDRESS.search(page) else page


def _gate(page: str) -> str:
    return nh3.clean(
        page,
        tags=set(_ALLOWED),
        attributes=_ALLOWED,
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    )
