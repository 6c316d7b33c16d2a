"""The mails to who studies ideas in an institution."""

from __future__ import annotations

from cocreation.core.mail_kinds import MailKind

REFERRED = MailKind(
    "dispositions/referred",
    folder="study/referred",
    sample=lambda: {"count": 2, "due_on": "2026-05-04"},
)
# To the address of an institution nobody answers for here.
REFERRED_TO_BODY = MailKind(
    "dispositions/referred_to_body",
    folder="study/referred_to_body",
    sample=lambda: {"references": ["2026-1", "2026-2"], "more": 0, "due_on": "2026-05-04"},
)
# With references to the address of an institution nobody answers for here; others have a bundle.
RECALLED = MailKind("study/recalled", sample=lambda: {"count": 2})
DELEGATED = MailKind(
    "dispositions/delegated",
    folder="study/delegated",
    sample=lambda: {"count": 2, "due_on": "2026-05-04"},
)
REMINDER = MailKind(
    "dispositions/reminder",
    folder="study/reminder",
    sample=lambda: {
        "late": 1,
        "soon": 0,
        "days": [{"due_on": "2026-05-04", "late": True, "references": ["2026-1"], "more": 0}],
        "late_there": [],
    },
)

MAILS = (
    REFERRED,
    REFERRED_TO_BODY,
    RECALLED,
    DELEGATED,
    REMINDER,
)
