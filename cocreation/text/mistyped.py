"""What somebody probably meant by an address whose domain looks like a well-known one: name@gmial.con.

Only ever a question to the person: the address they typed may be right.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

# Where people of our country have their mailboxes.
PROVIDERS = (
    "gmail.com",
    "hotmail.com",
    "hotmail.fr",
    "outlook.com",
    "outlook.fr",
    "yahoo.com",
    "yahoo.fr",
    "live.com",
    "live.fr",
    "icloud.com",
    "menara.ma",
    "protonmail.com",
)
# Of other people, though a letter apart.
RIGHT = {
    "ymail.com",
    "email.com",
    "mail.com",
    "fmail.com",
    "gmx.com",
    "gmx.fr",
    "hotmail.be",
    "hotmail.ca",
    "hotmail.ch",
    "hotmail.de",
    "hotmail.es",
    "hotmail.it",
    "hotmail.nl",
    "live.be",
    "live.ca",
    "live.cn",
    "live.co",
    "live.de",
    "live.dk",
    "live.it",
    "live.ma",
    "live.nl",
    "live.no",
    "live.se",
    "outlook.be",
    "outlook.de",
    "outlook.es",
    "outlook.it",
    "outlook.sa",
    "yahoo.be",
    "yahoo.ca",
    "yahoo.de",
    "yahoo.es",
    "yahoo.in",
    "yahoo.it",
    "yahoo.ma",
    "yahoo.nl",
    "yahoo.ro",
}
# Endings that no register of names has, and what they stand for.
ENDINGS = {
    "con": "com",
    "cim": "com",
    "cmo": "com",
    "ocm": "com",
    "vom": "com",
    "xom": "com",
    "comm": "com",
    "coml": "com",
    "orgg": "org",
    "ogr": "org",
    "nett": "net",
}


def meant(address: str) -> str | None:
    """The address that was probably meant, None where nothing looks mistyped."""
    name, _at, domain = address.rpartition("@")
    if not name or domain in RIGHT or domain in PROVIDERS:
        return None
    likely = _provider(domain) or _ending(domain)
    return f"{name}@{likely}" if likely else None


def _provider(domain: str) -> str | None:
    """The provider that a slip or two away is written as `domain`; of a short name, one slip is enough to be
    somebody else's.
    """
    near = min(PROVIDERS, key=lambda provider: OSA.distance(domain, provider))
    slips = OSA.distance(domain, near)
    of_ending = domain.rpartition(".")[2] in ENDINGS
    return near if slips <= (1 if len(near) < 9 else 2) + of_ending else None


def _ending(domain: str) -> str | None:
    rest, _dot, ending = domain.rpartition(".")
    return f"{rest}.{ENDINGS[ending]}" if rest and ending in ENDINGS else None
