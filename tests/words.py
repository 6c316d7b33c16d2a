"""What a page says, known by what it stands for and not by how it is worded.

A test names the refusal, the state, the field in error or the sentence's own constant; which words carry it
in the language of the page is the editor's. `pytest --edited` (tests/edited.py) shows what still depends on
wording.
"""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

from cocreation.core.errors import Refusal
from cocreation.languages.i18n import LANGUAGES, SENTENCES, Lazy, shown, speaking
from tests.html import parse

Sentence = Lazy | type[Refusal] | str
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
BLANKS = re.compile(r"(?:\\?\s)+")  # once escaped
TAG = re.compile(r"<[^>]*>")
ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")  # they stand around words of people


def says(answer: TestResponse, sentence: Sentence, /, **values: object) -> bool:
    """Whether the page says `sentence`: a refusal's class, a constant of the code or, where it has no name,
    what the code has. What `values` do not name may be filled with anything.
    """
    page = parse(answer.text)
    language = page.get("lang", "")
    assert language in LANGUAGES, "a page says in which language it is"
    return said(" ".join(page.itertext()), sentence, language, **values)


def said(text: str, sentence: Sentence, /, language: str = "en", **values: object) -> bool:
    """The same of a text in `language`, such as a mail's. Any blank is as good as another; the marks that
    isolate words of people may be left out.
    """
    if isinstance(sentence, type):
        sentence = sentence.sentence
    if isinstance(sentence, Lazy):
        sentence, values = sentence.message, {**sentence.values, **values}
    with speaking(language):
        worded = TAG.sub(" ", SENTENCES.get_translations().ugettext(sentence)).translate(ISOLATES)
        told = {name: str(shown(value)).translate(ISOLATES) for name, value in values.items()}
    filled = {f"%({name})s": re.escape(value) for name, value in told.items()}
    fills = [filled.get(hole, ".*?") for hole in PLACEHOLDER.findall(worded)] + [""]
    parts = [re.escape(part.replace("%%", "%")) for part in PLACEHOLDER.split(worded)]
    pattern = "".join(part + fill for part, fill in zip(parts, fills, strict=True))
    return bool(re.search(BLANKS.sub(r"\\s+", pattern), text.translate(ISOLATES), re.DOTALL))


def errors(answer: TestResponse) -> set[str]:
    """The names of the fields that stand in error on the page: what has `aria-invalid`, or is a group said
    to have an error.
    """
    named = set()
    for element in parse(answer.text).iter():
        if element.get("aria-invalid") == "true":
            named.add(element.get("name", ""))
        elif "has-error" in element.get("class", "").split() and element.tag == "fieldset":
            named.add(element.get("id", ""))
    return named


def refuses(answer: TestResponse, because: Sentence | set[str]) -> bool:
    """Whether the page says why what was sent is refused: a refusal, or the names of the fields in error."""
    return errors(answer) == because if isinstance(because, set) else says(answer, because)
