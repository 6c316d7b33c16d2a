"""Who an installation is to those who get its mails and read its pages."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import Flask, current_app

from cocreation.core.contacts import phone_number
from cocreation.core.settings import Settings
from cocreation.languages.i18n import gettext as _


@dataclass(frozen=True)
class Secretariat:
    """How people reach those who run an installation: what its settings say, "" for what they do not."""

    address: str
    phone: str
    email: str

    @property
    def call(self) -> str:
        """The number as a telephone dials it."""
        return phone_number(self.phone)

    def __bool__(self) -> bool:
        return bool(self.address or self.phone or self.email)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["secretariat"] = secretariat


def secretariat() -> Secretariat:
    settings: Settings = current_app.extensions["settings"]
    return Secretariat(settings.contact_address, settings.contact_phone, settings.contact_email)


def name() -> str:
    """What an installation is called in the language of the moment."""
    return f"{_('Co-creation')} – {_('Open government in Morocco')}"


def address(settings: Settings) -> str:
    """To whom one writes: the secretariat, else whence the mails come."""
    return settings.contact_email or parseaddr(settings.mail_from)[1]


def sender(settings: Settings) -> Address:
    """From whom the mails are: a name that people know stands before the address; one that the setting gives
    itself is taken.
    """
    own, whence = parseaddr(settings.mail_from)
    return Address(own or name(), addr_spec=whence)


def domain(settings: Settings) -> str:
    """The domain mails are identified by: that of the address they come from, where it is one, else that of
    the pages.
    """
    found = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    return found if "." in found else urlsplit(settings.base_url).hostname or "localhost"
