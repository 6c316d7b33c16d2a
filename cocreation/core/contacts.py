"""How people can be reached: e-mail addresses and telephone numbers, in one spelling each."""

import re
import unicodedata
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

PHONE = r"^\+?[\d .()-]{8,24}$"
MOST_DIGITS = 15  # of an international number, by E.164
_WITHIN_A_COUNTRY = re.compile(r"\(\s*0\s*\)")
LONGEST_WEB_ADDRESS = 1000  # characters
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
        return validate_email(typed.strip(), check_deliverability=False, strict=True)
    except EmailNotValidError:
        return None


def is_phone(typed: str) -> bool:
    return re.match(PHONE, typed) is not None and len(phone_number(typed)) <= len("+") + MOST_DIGITS


def phone_number(typed: str) -> str:
    """One number, one spelling: "06 12-34 56 78" and "00212 612345678" are "+212612345678".

    A number that begins with a single zero is Moroccan. The zero of "+212 (0)6…" is only for calls within the
    country.
    """
    plain = "".join(str(int(character)) if character.isdecimal() else character for character in typed)
    digits = _digits(plain)
    if plain.lstrip().startswith("+") or digits.startswith("00"):
        number = _digits(_WITHIN_A_COUNTRY.sub("", plain)).removeprefix("00")
        return f"+{re.sub('^2120', '212', number)}"
    return f"+212{digits[1:]}" if digits.startswith("0") else f"+{digits}"


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
