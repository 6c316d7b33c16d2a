"""Columns of a table and what people call them; the choices its cells hold and what people write for them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from cocreation.core.errors import Invalid
from cocreation.languages.i18n import Lazy, everywhere, lazy_gettext as _l
from cocreation.text.spelling import fold

# Words of a header that say nothing of what stands below it: "N° de téléphone", "رقم الهاتف".
_SMALL = frozenset(
    {
        *("n", "no", "num", "numero", "nr", "de", "du", "des", "d", "l", "la", "le", "les", "et"),
        *("votre", "vos", "quel", "quelle", "est", "the", "of", "and", "your", "what", "رقم", "و"),
    }
)
_PARENTHESES = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_BETWEEN_NAMES = re.compile(r"[/|\n;:*]+| - ")
# The feminine said along with the masculine: "موظف(ة)", "citoyen(ne)", "participant·e", "chercheur/euse".
_FEMININE = re.compile(
    r"\s*[(/·.]\s*(?:ة|ه|e|ne|te|se|trice|euse|ière|ve)\s*(?:\)|\b)(?:\(?s\)?)?", re.IGNORECASE
)
_NOTHING = re.compile(r"[\s\-‐‑‒–—―−_.…/\\|ـ?؟*]*")


LONGEST_HEADER = 200  # characters; what is longer says something, and names nothing


class NotAChoice(Invalid):
    """A value that is none of those a column may hold."""

    sentence = _l("“%(value)s” is not one of: %(expected)s.")


class Blanks(Enum):
    """What the empty cells of a column hold where several rows share one: nothing can be said where they are
    merged (SEPARATE); what stands above where they are merged (MERGED), or also where it is written once and
    left out beneath (BENEATH); nothing, since it was said once (ONCE).
    """

    SEPARATE = "separate"
    MERGED = "merged"
    BENEATH = "beneath"
    ONCE = "once"


@dataclass(frozen=True)
class Column:
    """A column: `key` names it to programs, the same in every language, `header` to people, None where only
    programs have it; `required`: each of its cells must be filled, or one of the columns `instead` of it.

    In a sheet people fill it is known by its key, by its header in each language of the platform and by its
    `aliases`; compared without case, accents, punctuation, articles, plurals or spelling variants.
    `only_given`: a list that was given away has it, and it is not read when it comes back.
    `from_title`: where it is missing, the title above the rows or the name of the sheet is in its place.
    """

    key: str
    header: Lazy | str | None
    required: bool = field(default=False, kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    instead: tuple[str, ...] = field(default=(), kw_only=True)
    blanks: Blanks = field(default=Blanks.SEPARATE, kw_only=True)
    from_title: bool = field(default=False, kw_only=True)
    only_given: bool = field(default=False, kw_only=True)

    @property
    def label(self) -> str:
        """What people may call it, for a sentence."""
        return " / ".join(self.aliases[:3] or everywhere(self.header or self.key))

    @property
    def title(self) -> Lazy | str:
        """What it is called where it stands alone."""
        return self.header or self.key


# What lists hold besides what is asked for: it is left out, and said.
ORDER = Column(
    "order",
    None,
    aliases=(
        "ر.ت",
        "ر ت",
        "الترتيب",
        "رقم ترتيبي",
        "N°",
        "N° d'ordre",
        "No.",
        "#",
        "رقم",
        "الرقم الترتيبي",
        "م",
    ),
)
EXTRAS = (
    ORDER,
    Column(
        "card",
        None,
        aliases=(
            "CNIE",
            "CIN",
            "C.I.N",
            "C.N.I.E",
            "N° CIN",
            "ب.ت.و",
            "ب ت و",
            "ر.ب.ت.و",
            "البطاقة الوطنية",
            "رقم البطاقة الوطنية",
            "رقم البطاقة الوطنية للتعريف",
            "Carte nationale",
            "ID card",
            "National ID",
        ),
    ),
    Column(
        "signature",
        None,
        aliases=(
            "Signature",
            "Émargement",
            "Visa",
            "التوقيع",
            "الإمضاء",
            "التوقيعات",
            "توقيع",
            "إمضاء",
            "Sign.",
        ),
    ),
    Column(
        "remarks",
        None,
        aliases=(
            "Remarques",
            "Observations",
            "Commentaires",
            "Remarks",
            "Notes",
            "Comments",
            "ملاحظات",
            "الملاحظات",
            "ملاحظة",
            "Remarque",
            "Observation",
        ),
    ),
    Column(
        "presence",
        None,
        aliases=(
            "Présence",
            "Présent",
            "Présent(e)",
            "Présents",
            "Attendance",
            "Present",
            "الحضور",
            "حاضر",
            "حاضر(ة)",
            "حضور",
        ),
    ),
    Column(
        "place",
        None,
        aliases=(
            "Adresse",
            "Ville",
            "Province",
            "Région",
            "Commune",
            "Address",
            "City",
            "العنوان",
            "المدينة",
            "الإقليم",
            "العمالة",
            "الجهة",
            "الجماعة",
            "Adresse postale",
            "العمالة أو الإقليم",
            "Lieu",
        ),
    ),
    Column(
        "day",
        None,
        aliases=(
            "Date",
            "Date d'inscription",
            "Horodateur",
            "Timestamp",
            "التاريخ",
            "تاريخ التسجيل",
            "طابع زمني",
            "Heure",
            "Heure d'arrivée",
        ),
    ),
)


def key_of(text: str) -> str:
    """`text` as choices are compared: folded words."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def says_nothing(text: str) -> bool:
    """Whether a cell holds no more than a dash, dots or a question mark: what it would say is not known."""
    return _NOTHING.fullmatch(text) is not None


class Names:
    """Columns by what people write above them."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._by_words: dict[str, Column] = {}
        self._by_stems: dict[str, Column] = {}
        for column in columns:
            said = (column.key, *column.aliases, *(everywhere(column.header) if column.header else ()))
            for name in said:
                self._by_words.setdefault(key_of(name), column)
                self._by_stems.setdefault(_stems(name), column)
        self._by_words.pop("", None)
        self._by_stems.pop("", None)

    def find(self, header: str) -> Column | None:
        """The column a header names: all of it, without what stands in brackets, or by one of two names."""
        if len(header) > LONGEST_HEADER:
            return None
        bare = _PARENTHESES.sub(" ", header)
        ways = [header, _FEMININE.sub("", header), bare, *_BETWEEN_NAMES.split(bare)]
        for found, by in ((self._by_words, key_of), (self._by_stems, _stems)):
            for name in ways:
                if column := found.get(by(name)):
                    return column
        return None


def _stems(text: str) -> str:
    """The words of a header without articles, plurals and words that say nothing."""
    words = key_of(text).split()
    kept = [word for word in words if word not in _SMALL] or words
    return " ".join(_stem(word) for word in kept)


def _stem(word: str) -> str:
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    return word[:-1] if word[-1] in "sx" and len(word) > 3 else word


def match_choice(value: str, choices: Mapping[str, Sequence[str]]) -> str:
    """The key of `choices` that `value` names, by itself, by one of its aliases or by what its label says in
    a language of the platform; without the feminine said along with the masculine. Raises NotAChoice.
    """
    for wanted in dict.fromkeys((key_of(value), key_of(_FEMININE.sub("", value)))):
        for choice, aliases in choices.items():
            if wanted in map(key_of, (choice, *aliases)):
                return choice
        for choice in choices:
            if wanted in _keys(getattr(choice, "label", None)):
                return choice
    expected = [
        " / ".join(names[:3] or everywhere(getattr(key, "label", key))) for key, names in choices.items()
    ]
    raise NotAChoice(value=value, expected=" · ".join(expected))


def _keys(sentence: Lazy | str | None) -> set[str]:
    return {key_of(said) for said in everywhere(sentence)} if sentence else set()
