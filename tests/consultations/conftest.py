"""Fixtures of mails, for the tests of this folder."""

from tests.senders import mails, messages

__all__ = ["mails", "messages"]
