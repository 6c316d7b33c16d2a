"""Folding: spellings that people use for one word become one spelling.

The variants are those of the team's glossary: أ/إ/آ/ا, ى/ي, ة/ه, tashkeel, tatweel, Arabic-Indic and
Latin digits, "31.13"/"31-13"/"13.31" for one law.
"""

import re
import unicodedata

# Tifinagh has no case and no variants; NFKD would turn its labialisation mark into another letter.
_NOT_TIFINAGH = re.compile(r"[^\u2d30-\u2d7f]+")

# Letters that Unicode does not decompose. ک ی ھ come from Persian and Urdu keyboards;
# گ ݣ ڭ are three Moroccan ways to write the g of أكادير.
_LETTERS = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ے": "ي",
        "ة": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ە": "ه",
        "ک": "ك",
        "گ": "ك",
        "ݣ": "ك",
        "ڭ": "ك",
        "پ": "ب",
        "ڤ": "ف",
        "چ": "ج",
        "\u0640": None,  # tatweel
        "٫": ".",  # Arabic decimal separator
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        **dict.fromkeys("‐‑‒–−", "-"),
        **dict.fromkeys("’‘ʼ", "'"),
    }
)

# A Moroccan law is "31.13": its rank and the two digits of its year, in either order because
# right-to-left text shows them so. Not part of a longer number, date or decree ("2.21.123"), but
# Arabic particles are written against it ("و31.13").
_LAW = re.compile(
    r"(?<![a-z0-9.\-]) (?: (\d{2})[.\-](\d{1,3}) | (\d{1,3})[.\-](\d{2}) ) (?![a-z0-9\-]|\.\d)", re.VERBOSE
)


def fold(text: str) -> str:
    """`text` as search and comparison see it: without case, accents, tashkeel or spelling variants.

    Hamza goes with its seat (ؤ → و, ئ → ي), digits become Latin, a law's number becomes one word
    ("31.13" and "13-31" → "n13x31"). Blanks and punctuation stay. Folding twice changes nothing.
    """
    return _LAW.sub(_law_word, _NOT_TIFINAGH.sub(lambda run: _fold_letters(run[0]), text))


def _fold_letters(text: str) -> str:
    """NFKD splits a letter from its marks, the marks go, and NFC puts back what remains (Hangul)."""
    bare = _without_marks(_without_marks(text).casefold())
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def _without_marks(text: str) -> str:
    return "".join(_bare(char) for char in unicodedata.normalize("NFKD", text))


def _bare(char: str) -> str:
    """Nothing for a mark or an invisible control, the Latin digit for a digit of any script."""
    category = unicodedata.category(char)
    if category in ("Mn", "Cf"):
        return ""
    return str(unicodedata.decimal(char)) if category == "Nd" else char


def _law_word(found: re.Match[str]) -> str:
    """One word for both orders, in letters and digits only so that no index splits it."""
    return "n" + "x".join(sorted(filter(None, found.groups()), key=lambda part: (int(part), part)))
