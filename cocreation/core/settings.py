"""Settings, all from the environment, each with a default a newcomer can run."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from cocreation.core.secrets import kept

YES = ("1", "yes", "true", "on")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """What an installation decides. Names are those of the environment, in lower case."""

    database_url: str = f"sqlite:///{ROOT / 'var' / 'cocreation.sqlite3'}"
    secret_key: str = ""
    # The file of the key that signs the register's checkpoints. Whoever runs several machines shares it.
    register_key: str = f"{ROOT / 'var' / 'register_key.pem'}"
    base_url: str = "http://127.0.0.1:8000"
    mail_url: str = f"file:{ROOT / 'var' / 'mail'}"
    mail_from: str = "cocreation@localhost"
    # A file of the authorities that vouch for the mail server, where those of the machine do not.
    mail_ca: str = ""
    # How people reach the secretariat, at the foot of every page; answers to mails go to its address.
    contact_address: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    redis_url: str = ""
    trusted_proxies: int = 0
    rate_limits: bool = True
    # "yes" or "no"; left out, an address with https says that people rely on it.
    production: str = ""
    # Backups: for which key (age1…), into which folder, and how many hours may lie between two.
    backup_recipient: str = ""
    backup_directory: str = ""
    backup_every: int = 26
    pg_bin: str = ""  # the folder of PostgreSQL's programs; else they are looked for where programs are
    testing: bool = False

    @classmethod
    def read(cls, **given: object) -> Settings:
        """Settings given by name, else of the environment, else the defaults."""
        values: dict[str, Any] = {}
        for field in fields(cls):
            if field.name in given:
                values[field.name] = given[field.name]
            elif text := os.environ.get(field.name.upper()):
                values[field.name] = _parse(text, type(field.default))
        read = cls(**values)
        if not read.secret_key and not read.in_production:
            return replace(read, secret_key=_kept_secret())
        return read

    @property
    def in_production(self) -> bool:
        """Whether people rely on this installation: then keys are given, never made by starting.

        It is said (PRODUCTION=yes, as the systemd units do), and otherwise seen by an https address, which no
        trial has. A database of PostgreSQL is no sign: trials and tests use one.
        """
        said = self.production.lower()
        return said in YES if said else self.secure

    @property
    def secure(self) -> bool:
        """Whether people reach the platform over https."""
        return self.base_url.startswith("https:")


def _parse(text: str, kind: type) -> str | int:
    if kind is bool:
        return text.lower() not in ("0", "no", "false", "off")
    if kind is int:
        with suppress(ValueError):
            return int(text)
        raise SystemExit(f"“{text}” is not a number, where a setting of the environment asks for one.")
    return text


def _kept_secret() -> str:
    """The key that signs links and sessions, beside the data."""
    path = ROOT / "var" / "secret_key"
    try:
        return kept(path, lambda: secrets.token_urlsafe(48)).strip()
    except OSError as error:
        raise SystemExit(f"{path} cannot be written ({error.strerror}): give SECRET_KEY instead.") from error
