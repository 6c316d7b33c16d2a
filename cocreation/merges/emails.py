"""The mail about a link between ideas: one to each person it concerns, however many links one act made."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from cocreation.backing.models import Backing
from cocreation.core import outbox, secrets
from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind
from cocreation.ideas.models.idea import Author, Idea
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ideas.queries.family import circle

MOST_ROWS = 12


LINEAGE = MailKind(
    "dispositions/lineage",
    folder="merges/linked",
    sample=lambda: {
        "reference": "2026-1",
        "undone": False,
        "links": [
            {
                "sentence": Kinship.MERGED_INTO.sentence.message,
                "source": "2026-1",
                "target": "2026-2",
                "reason": {"fr": "La même demande"},
            }
        ],
    },
)

MAILS = (LINEAGE,)


def tell(links: Sequence[Lineage], *, undone: bool = False) -> None:
    """Tell the authors of both ideas, and of those that had gone on in them, and who supports a source.

    Who follows an idea is told by the digest, from its steps.
    """
    session.flush()
    kept = {link.source_id for link in links}
    concerned = circle(kept | {link.target_id for link in links})
    written = select(Author.email, Author.language, Idea.reference).join(Author.idea)
    authors = written.where(Author.idea_id.in_(concerned), Author.email.is_not(None)).order_by(Idea.id)
    behind = select(Backing.email, Backing.language, Idea.reference).join(Backing.idea)
    silent = Backing.supports, Backing.follows.is_(None), Backing.confirmed_at.is_not(None)
    supporters = behind.where(Backing.idea_id.in_(kept), *silent).order_by(Backing.id)
    readers: dict[str, tuple[str, str]] = {}
    for email, language, reference in (*session.execute(authors), *session.execute(supporters)):
        readers.setdefault(email.lower(), (language, reference))
    rows = [_row(link, undone) for link in links[:MOST_ROWS]]
    act = "undone" if undone else "linked"
    for address, (language, reference) in readers.items():
        outbox.post(
            LINEAGE,
            to=address,
            language=language,
            key=f"lineage:{act}:{links[0].id}:{secrets.digest(address)}",
            reference=reference,
            undone=undone,
            links=rows,
        )


def _row(row: Lineage, undone: bool) -> dict[str, object]:
    """A link as the mail says it; the platform's words in English, to be translated when it leaves."""
    return {
        "sentence": row.kind.sentence.message,
        "source": row.source.reference,
        "target": row.target.reference,
        "reason": row.undone_reason if undone else row.reason,
    }
