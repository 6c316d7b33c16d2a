"""Answers to comments, the comments each answers, and the words each changed."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.comments.models import AnswerOutcome, Comment
from cocreation.consultations.models import Consultation
from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.directory.models import Institution
from cocreation.documents.models import Change
from cocreation.languages.i18n import Lazy, lazy_gettext as _l


class AnswerReason(Named):
    """Why: the code under which answers are counted, and the outcomes it can stand behind."""

    outcomes: tuple[AnswerOutcome, ...]

    CLEARER = "clearer", _l("makes the text clearer"), (AnswerOutcome.TAKEN_UP, AnswerOutcome.IN_PART)
    STRONGER = (
        "stronger",
        _l("makes the commitment go further"),
        (AnswerOutcome.TAKEN_UP, AnswerOutcome.IN_PART),
    )
    CORRECT = "correct", _l("corrects a mistake"), (AnswerOutcome.TAKEN_UP, AnswerOutcome.IN_PART)
    SAID_THERE = "said_there", _l("the text says it already"), (AnswerOutcome.ALREADY_THERE,)
    DONE_ELSEWHERE = (
        "done_elsewhere",
        _l("a text or programme beside it does it"),
        (AnswerOutcome.ALREADY_THERE,),
    )
    NO_TIME = "no_time", _l("cannot be done in the plan’s time"), (AnswerOutcome.NOT_TAKEN_UP,)
    NO_MEANS = "no_means", _l("no budget for it in the plan’s time"), (AnswerOutcome.NOT_TAKEN_UP,)
    NEEDS_LAW = "needs_law", _l("needs a law or a decree first"), (AnswerOutcome.NOT_TAKEN_UP,)
    WEAKER = "weaker", _l("would make the commitment say less"), (AnswerOutcome.NOT_TAKEN_UP,)
    CONTRARY = "contrary", _l("contrary to other comments that were taken up"), (AnswerOutcome.NOT_TAKEN_UP,)
    OTHER_REMIT = "other_remit", _l("in the remit of another body"), (AnswerOutcome.OUT_OF_SCOPE,)
    OTHER_TEXT = "other_text", _l("is about another text"), (AnswerOutcome.OUT_OF_SCOPE,)

    # The defaults are for type checkers, as those of `Named`.
    def __new__(cls, value: str, label: Lazy = Lazy(""), outcomes: tuple[AnswerOutcome, ...] = ()) -> Self:  # noqa: B008
        member = str.__new__(cls, value)
        member._value_, member.label, member.outcomes = value, label, outcomes
        return member


class AnswerStage(Named):
    """How far an answer is."""

    DRAFT = "draft", _l("not sent yet")
    RETURNED = "returned", _l("returned with a question")
    SENT = "sent", _l("with its second reader")
    APPROVED = "approved", _l("approved")
    PUBLISHED = "published", _l("published")


class CommentAnswer(Base):
    """What is answered to one comment or to several alike. Public once `published_at` is set.

    Written by `drafted_by`; read by somebody else, who approves it (`approved_by`) or returns it with a
    question (`returned_why`).
    """

    __tablename__ = "comment_answers"
    __table_args__ = (
        CheckConstraint("approved_by is null or approved_by <> drafted_by", name="approved_by_another"),
        CheckConstraint("published_at is null or approved_at is not null", name="approved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    outcome: Mapped[AnswerOutcome] = mapped_column(choice(AnswerOutcome))
    reason: Mapped[AnswerReason] = mapped_column(choice(AnswerReason))
    text: Mapped[Translated]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    drafted_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drafted_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    returned_why: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None] = mapped_column(index=True)

    consultation: Mapped[Consultation] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution | None] = relationship(lazy="raise_on_sql")
    answered: Mapped[list[AnsweredComment]] = relationship(
        back_populates="answer", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    changes: Mapped[list[AnswerChange]] = relationship(
        back_populates="answer", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    revisions: Mapped[list[AnswerRevision]] = relationship(
        order_by="AnswerRevision.number", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    @property
    def stage(self) -> AnswerStage:
        if self.published_at:
            return AnswerStage.PUBLISHED
        if self.approved_at:
            return AnswerStage.APPROVED
        if self.sent_at:
            return AnswerStage.SENT
        return AnswerStage.RETURNED if self.returned_at else AnswerStage.DRAFT

    @property
    def lacks_words(self) -> bool:
        """Whether it says that the text changed and does not say where. Needs `changes` loaded."""
        return self.outcome.changes_words and not self.changes

    def reopen(self, by: int, now: datetime) -> None:
        """Somebody wrote in it: whoever did is not its second reader, and it is to be read anew."""
        self.drafted_by, self.drafted_at = by, now
        self.sent_at = self.approved_at = self.approved_by = None


class AnsweredComment(Base):
    """A comment and the one answer it has. `told_at`: when who wrote it was told."""

    __tablename__ = "answered_comments"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("comment_answers.id", ondelete="CASCADE"), index=True)
    told_at: Mapped[datetime | None]

    answer: Mapped[CommentAnswer] = relationship(back_populates="answered", lazy="raise_on_sql")
    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")


class AnswerChange(Base):
    """A change of the text that was made because of an answer."""

    __tablename__ = "answer_changes"

    answer_id: Mapped[int] = mapped_column(
        ForeignKey("comment_answers.id", ondelete="CASCADE"), primary_key=True
    )
    change_id: Mapped[int] = mapped_column(
        ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    answer: Mapped[CommentAnswer] = relationship(back_populates="changes", lazy="raise_on_sql")
    change: Mapped[Change] = relationship(lazy="raise_on_sql")


class AnswerRevision(Base):
    """What a published answer said before it was reworded, and why it was. `told_at`: when those concerned
    were told; they are where the outcome or the words are others.
    """

    __tablename__ = "comment_answer_revisions"
    __table_args__ = (UniqueConstraint("answer_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("comment_answers.id", ondelete="CASCADE"))
    number: Mapped[int]
    outcome: Mapped[AnswerOutcome] = mapped_column(choice(AnswerOutcome))
    reason: Mapped[AnswerReason] = mapped_column(choice(AnswerReason))
    text: Mapped[Translated]
    why: Mapped[Translated]
    revised_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    revised_at: Mapped[datetime]
    told_at: Mapped[datetime | None] = mapped_column(index=True)


class AnswerPublication(Base):
    """That the answers of a consultation were published. `told_at`: when all whom they concern were told."""

    __tablename__ = "answer_publications"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id"), primary_key=True, autoincrement=False
    )
    published_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime]
    tells_supporters: Mapped[bool]
    told_at: Mapped[datetime | None] = mapped_column(index=True)

    consultation: Mapped[Consultation] = relationship(lazy="raise_on_sql")


class AnswerTemplate(Base):
    """Words that answers begin with, kept for the next ones."""

    __tablename__ = "answer_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    outcome: Mapped[AnswerOutcome] = mapped_column(choice(AnswerOutcome))
    reason: Mapped[AnswerReason] = mapped_column(choice(AnswerReason))
    text: Mapped[Translated]
