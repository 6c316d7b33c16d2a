"""Comments, their files, who supports them, and campaigns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    and_,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.directory.models import Association, Region
from cocreation.documents.models import Section
from cocreation.languages.i18n import lazy_gettext as _l


class Stance(Named):
    """What a comment does."""

    AGREE = "agree", _l("agrees")
    DISAGREE = "disagree", _l("disagrees")
    SUGGEST = "suggest", _l("suggests a wording")
    ASK = "ask", _l("asks a question")


class CommenterKind(Named):
    """As whom somebody comments."""

    PERSON = "person", _l("a person")
    ASSOCIATION = "association", _l("an association")


class AnswerOutcome(Named):
    """What an answer says of a comment."""

    TAKEN_UP = "taken_up", _l("taken up")
    IN_PART = "in_part", _l("taken up in part")
    ALREADY_THERE = "already_there", _l("already there")
    NOT_TAKEN_UP = "not_taken_up", _l("not taken up")
    OUT_OF_SCOPE = "out_of_scope", _l("out of scope")

    @property
    def changes_words(self) -> bool:
        """Whether the answer names the words of the text that changed."""
        return self in (AnswerOutcome.TAKEN_UP, AnswerOutcome.IN_PART)


class Campaign(Base):
    """Comments that are copies of one text, found by the worker: one argument, however many sign it.

    They are of one stance on one place of one text. The first of them stands in lists for all (`is_copy` is
    set on the others); `signatures` counts those whose words are not taken back.
    """

    __tablename__ = "campaigns"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    found_at: Mapped[datetime]
    signatures: Mapped[int] = mapped_column(default=0, server_default="0")


class Comment(Base):
    """What somebody says of a text, whole or in one section; or a reply to such a comment (`parent_id`).

    `reference` (2026-PC1-0017) is given when it is sent, with the moment `sent_at`: both stand on its
    receipt, whose secret is `receipt`. It is public and counts once `confirmed_at` is set: its address is
    proven. `once` is the number of the form it came by.

    A suggested wording replaces `quote` (which stands between `before` and `after` in the section's text of
    the consulted version, in the language `suggested_in`) by `wording`, which is empty where it goes.

    `place` is that of its section in the consulted version, from 1; 0 of the whole text.
    """

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("(wording is null) = (suggested_in is null)", name="suggestion"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("consulted_texts.id"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("document_sections.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(unique=True)
    once: Mapped[str] = mapped_column(unique=True)
    receipt: Mapped[str] = mapped_column(unique=True)
    stance: Mapped[Stance] = mapped_column(choice(Stance))
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    quote: Mapped[str | None] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    wording: Mapped[str | None] = mapped_column(Text)
    suggested_in: Mapped[str | None]
    sent_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    # Those confirmed, counted in the transaction that changes them.
    supports: Mapped[int] = mapped_column(default=0, server_default="0")
    replies: Mapped[int] = mapped_column(default=0, server_default="0")
    place: Mapped[int] = mapped_column(default=0, server_default="0")
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    is_copy: Mapped[bool] = mapped_column(default=False, server_default=false())
    # What its answer says once that is public, written by whoever answers (docs/architecture.md).
    outcome: Mapped[AnswerOutcome | None] = mapped_column(choice(AnswerOutcome))
    answer: Mapped[Translated | None]
    answer_id: Mapped[int | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    # When the worker looked for copies of it.
    compared_at: Mapped[datetime | None] = mapped_column(index=True)

    consultation: Mapped[Consultation] = relationship(lazy="raise_on_sql")
    text: Mapped[ConsultedText] = relationship(lazy="raise_on_sql")
    section: Mapped[Section | None] = relationship(lazy="raise_on_sql")
    campaign: Mapped[Campaign | None] = relationship(lazy="raise_on_sql")
    commenter: Mapped[Commenter] = relationship(
        back_populates="comment", lazy="raise_on_sql", cascade="all, delete-orphan", uselist=False
    )

    @property
    def is_silent(self) -> bool:
        """Whether its words are shown to nobody: taken back by who wrote them, hidden by moderation."""
        return self.withdrawn_at is not None or self.hidden_at is not None


# What stands in the lists of a text: comments that are no replies, a campaign once. An index for each order,
# so that the first twenty of thousands are read and no more; that of the places also counts them by section.
LISTED = and_(Comment.parent_id.is_(None), Comment.confirmed_at.is_not(None), ~Comment.is_copy)
for _name, _key in (
    ("ix_comments_new", Comment.confirmed_at),
    ("ix_comments_supported", Comment.supports),
    ("ix_comments_places", Comment.place),
):
    Index(_name, Comment.text_id, _key, Comment.id, sqlite_where=LISTED, postgresql_where=LISTED)


class CommentSignature(Base):
    """By what the worker knows copies of a comment again: the smallest hashes of its pairs of words."""

    __tablename__ = "comment_signatures"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class Commenter(Base):
    """Who wrote a comment, kept apart from it: erased on demand while the comment stays.

    The name is shown only where `is_named`. An association's confirms by the secret `voucher` that it speaks.
    """

    __tablename__ = "commenters"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[CommenterKind] = mapped_column(choice(CommenterKind))
    name: Mapped[str | None]
    is_named: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str | None] = mapped_column(index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    consented_at: Mapped[datetime]
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))
    voucher: Mapped[str | None] = mapped_column(unique=True)
    vouched_at: Mapped[datetime | None]
    disowned_at: Mapped[datetime | None]

    comment: Mapped[Comment] = relationship(back_populates="commenter", lazy="raise_on_sql")
    association: Mapped[Association | None] = relationship(lazy="raise_on_sql")
    region: Mapped[Region | None] = relationship(lazy="raise_on_sql")

    @property
    def speaks_for(self) -> Association | None:
        """The association that has confirmed that this is its comment."""
        return self.association if self.vouched_at else None


class Memorandum(Base):
    """The PDF that an association attaches to its comment. `size` in bytes, `digest` its SHA-256."""

    __tablename__ = "memoranda"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)


class CommentSupport(Base):
    """One address behind one comment. Counts once `confirmed_at` is set."""

    __tablename__ = "comment_supports"
    __table_args__ = (UniqueConstraint("comment_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    receipt: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")
