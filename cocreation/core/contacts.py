"""How people can be reached: e-mail addresses and telephone numbers, in one spelling each."""

import re

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

PHONE = r"^\+?[\d .()-]{8,24}$"
MOST_DIGITS = 15  # of an international number, by E.164
_WITHIN_A_COUNTRY = re.compile(r"\(\s*0\s*\)")
MOST_OF_AN_EMAIL = 254  # characters, by RFC 5321


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
    plain = "".join(str(int(each)) if each.isdecimal() else each for each in typed)
    digits = _digits(plain)
    if plain.lstrip().startswith("+") or digits.startswith("00"):
        number = _digits(_WITHIN_A_COUNTRY.sub("", plain)).removeprefix("00")
        return f"+{re.sub('^2120', '212', number)}"
    return f"+212{digits[1:]}" if digits.startswith("0") else f"+{digits}"


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())
