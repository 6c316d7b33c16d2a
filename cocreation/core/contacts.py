"""How people can be reached: what an e-mail address and a telephone number look like."""

import re

EMAIL = r"^[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+$"
PHONE = r"^\+?[\d .()-]{8,24}$"
MOST_DIGITS = 15  # of an international number, by E.164
_WITHIN_A_COUNTRY = re.compile(r"\(\s*0\s*\)")
MOST_OF_AN_EMAIL = 254  # characters, by RFC 5321


def is_email(typed: str) -> bool:
    return len(typed) <= MOST_OF_AN_EMAIL and re.match(EMAIL, typed) is not None


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
