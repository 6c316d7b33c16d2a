"""The mail of the day to who has something to do."""

from __future__ import annotations

from cocreation.batches.handovers import TO_READ
from cocreation.core.mail_kinds import MailKind

DIGEST = MailKind(
    "desk/digest",
    sample=lambda: {
        "count": 2,
        "rows": [
            {
                "what": TO_READ.what.message,
                "endpoint": TO_READ.endpoint,
                "count": 2,
                "days": 3,
                "late": 0,
                "address": {"batch_id": "1"},
            }
        ],
    },
)

MAILS = (DIGEST,)
