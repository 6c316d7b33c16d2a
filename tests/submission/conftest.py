"""Fixtures of who sends an idea, for the tests of this folder."""

from tests.senders import confirmed, mails, messages, send

__all__ = ["confirmed", "mails", "messages", "send"]
