"""Mails of this room."""

from cocreation.core.mail_kinds import MailKind

MAILS: tuple[MailKind, ...] = ()
