"""How people can be reached: what an e-mail address and a telephone number look like."""

import re

EMAIL = r"^[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+$"
PHONE = r"^\+?[\d .()-]{8,20}$"
MOST_OF_AN_EMAIL = 254  # characters, by RFC 5321


def is_email(typed: str) -> bool:
    return len(typed) <= MOST_OF_AN_EMAIL and re.match(EMAIL, typed) is not None


def is_phone(typed: str) -> bool:
    return re.match(PHONE, typed) is not None


def phone_number(typed: str) -> str:
    """One number, one spelling: "06 12-34 56 78" and "00212 612345678" are "+212612345678".

    A number that begins with a single zero is Moroccan.
    """
    digits = "".join(str(int(each)) for each in typed if each.isdecimal())
    if typed.lstrip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+212{digits[1:]}" if digits.startswith("0") else f"+{digits}"
