"""What mails there are: each declared once, in the `MAILS` of its room's `emails`, and listed by `app.MAILS`.

The words of a mail are made when it leaves: a row of the outbox waits under the name of its kind. So a kind
may move to another folder, but its name stays for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

SAMPLE_RECEIPT = "0000-0000-0000-0000"  # the receipt of nobody


class Urgency(IntEnum):
    """What leaves first: what somebody waits for, then news of one person, then what many are told."""

    AWAITED = 0
    NEWS = 1
    MAILING = 2


@dataclass(frozen=True)
class MailKind:
    """One of the mails that the platform sends.

    `name` stands in the row, and in most keys; `folder`, where it is another, is where its templates stand
    under templates/emails; `sample` is what it would say to somebody, made up, in the language of the moment.
    With `calendar`, an event is attached.
    """

    name: str
    sample: Callable[[], Mapping[str, object]] = dict
    folder: str = ""
    urgency: Urgency = Urgency.NEWS
    calendar: bool = False

    def template(self, part: str) -> str:
        """The template of its `subject.txt`, `body.txt` or `body.html`."""
        return f"emails/{self.folder or self.name}/{part}"
