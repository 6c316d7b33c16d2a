"""How people can be reached: e-mail addresses and telephone numbers, in one spelling each."""

import re
import unicodedata
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, ValidatedEmail, validate_email

MOST_DIGITS = 15  # of an international number, by E.164
COUNTRY = "MA"  # whose numbers are written without a country code
_PHONE = re.compile(r"\+?[\d .()/-]{8,24}")
_WITHIN_A_COUNTRY = re.compile(r"\(\s*0\s*\)")
LONGEST_WEB_ADDRESS = 1000  # characters
# A spreadsheet that took it for a sum has lost its zero: nine digits, as numbers of Morocco begin (mobile
# 6 and 7, fixed 5, others 8).
_WITHOUT_ZERO = re.compile(r"[5-8]\d{8}")
# Left-to-right, right-to-left and Arabic letter marks; the blank without width, the joiner of words, the BOM.
_MARKS = "\u200e\u200f\u061c\u200b\u2060\ufeff"
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
MOST_OF_AN_EMAIL = 254  # characters, by RFC 5321

# What a mail program may make a link of, once compatibility letters are plain and invisible ones are gone: a
# scheme, "www.", an "@", words with no blank around the dot between them; behind one letter, as initials have
# it, only what ends as short addresses do or goes on with a slash.
_ENDS = "com?|org|net|info|ma|fr|me|io|ly|tv|cc|to|be|gl|gg|is"
_ADDRESS = re.compile(
    rf"://|\bwww\.|@|\w\.\w+/|\b\w\.(?:{_ENDS})\b"
    r"|\b(\w[\w-]*\w)\.(\w{2,})(?!\.\w\b)",
    re.IGNORECASE,
)
_DOTS = str.maketrans("。．｡․", "....")
# Before these a dot is of an abbreviation that people write without a blank after it: "Dr.Salma".
_TITLES = ("dr", "pr", "me", "mr", "mme", "mlle", "st", "ste", "sté", "ass", "asso", "assoc", "ing", "prof")
_NUMBER = re.compile(r"(?:\d[ .()/-]{0,2}){8,}")


def holds_address(name: str) -> bool:
    """Whether a name of a person or an association holds what looks like an address of the web or of mail:
    such a name would become a link in somebody else's mail.
    """
    plain = _plain(name).translate(_DOTS)
    return any(not _is_a_title(found, plain) for found in _ADDRESS.finditer(plain))


def _is_a_title(found: re.Match[str], plain: str) -> bool:
    word, end = (found[1] or "").lower(), found[2] or ""
    is_ending = re.fullmatch(_ENDS, end, re.IGNORECASE) is not None
    return word in _TITLES and not is_ending and not plain[found.end() :].startswith((".", "/"))


def holds_number(name: str) -> bool:
    """Whether a person's name holds something to call: eight digits or more in a row."""
    return _NUMBER.search(_plain(name)) is not None


def _plain(name: str) -> str:
    """A name with plain letters for compatibility ones, and without the signs nobody sees."""
    letters = unicodedata.normalize("NFKC", name)
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Cf")


def mailbox(typed: str) -> str:
    """One mailbox, one spelling: " Name@EXAMPLE.org" is "name@example.org"; "" for what is no address.

    Comments and quotes, by which one mailbox has endless addresses, are refused; so are addresses of machines
    and domains that get no mail. An internationalised domain is spelled in its own letters, however it came
    (RFC 5891); the part before the @ is in small letters and composed (NFC), as every mail server of our
    people reads it.
    """
    read = _read(typed)
    return f"{read.local_part.lower()}@{read.domain.lower()}" if read else ""


def deliverable(address: str) -> str:
    """`address` as mail servers are given it: an internationalised domain in ASCII (xn--…)."""
    read = _read(address)
    return f"{read.local_part}@{read.ascii_domain}" if read else address


def is_email(typed: str) -> bool:
    return bool(mailbox(typed))


def _read(typed: str) -> ValidatedEmail | None:
    try:
        return validate_email(_bare(typed), check_deliverability=False, strict=True)
    except EmailNotValidError:
        return None


def _bare(typed: str) -> str:
    """An address without what came along when it was copied: signs nobody sees at its ends, and within it the
    marks by which programs order and break lines. Any other one within it is no part of an address.
    """
    between = "".join(letter for letter in typed if letter not in _MARKS)
    seen = [place for place, letter in enumerate(between) if _is_seen(letter)]
    return between[seen[0] : seen[-1] + 1] if seen else ""


def visible(number: str) -> str:
    """A telephone number as it is read: without the signs nobody sees, such as the direction marks that
    programs wrap around what is copied from them, and with plain blanks, none at the ends.
    """
    signs = (" " if sign.isspace() else sign for sign in number if unicodedata.category(sign) != "Cf")
    return "".join(signs).strip()


def _is_seen(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) != "Cf"


def is_phone(typed: str) -> bool:
    plain = _plain_number(typed)
    return _PHONE.fullmatch(plain) is not None and len(phone_number(typed)) <= len("+") + MOST_DIGITS


def phone_number(typed: str) -> str:
    """One number, one spelling: "06 12-34 56 78", "612345678" and "00212 (0)612345678" are "+212612345678".

    A number that begins with a single zero is Moroccan, and so are nine digits that begin with 5 to 8: a
    Moroccan number that lost its zero, as spreadsheets have them. The rest follows the numbering plans of the
    countries (`phonenumbers`); what is in none of them is kept digit by digit.
    """
    number = _international(_plain_number(typed))
    try:
        read = phonenumbers.parse(number, COUNTRY)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(read):
        return number
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


def _international(plain: str) -> str:
    """The digits of `plain` behind a plus and the code of a country."""
    digits = _digits(plain)
    if plain.startswith("+") or digits.startswith("00"):
        number = _digits(_WITHIN_A_COUNTRY.sub("", plain)).removeprefix("00")
        return f"+{re.sub('^2120', '212', number)}"
    if _WITHOUT_ZERO.fullmatch(digits):
        return f"+212{digits}"
    return f"+212{digits[1:]}" if digits.startswith("0") else f"+{re.sub('^2120', '212', digits)}"


def _plain_number(typed: str) -> str:
    """A number in Latin digits and plain signs."""
    plain = visible(typed).translate(_HYPHENS)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


def without_addresses(text: str) -> str:
    """A text that may be kept or logged: with "…" for every e-mail address in it."""
    return re.sub(r"[^\s<>(),;:\"'\[\]]+@[^\s<>(),;:\"'\[\]]+", "…", text)


def is_web_address(typed: str | None) -> bool:
    """Whether it is an address that a browser of anyone can open: http or https, at a host with a name."""
    if not typed or len(typed) > LONGEST_WEB_ADDRESS or any(sign.isspace() for sign in typed):
        return False
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host.strip(".") and "@" not in parts.netloc
