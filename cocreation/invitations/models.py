"""Councils, consultative bodies, speakers and experts invited to a meeting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting


class Invited(Named):
    """Who is invited, and so who has to agree before it is sent."""

    REGION = "region", _l("regional council")
    PROVINCE = "province", _l("provincial council")
    COMMUNE = "commune", _l("communal council")
    BODY = "body", _l("consultative body")
    SPEAKER = "speaker", _l("speaker")
    EXPERT = "expert", _l("expert")

    @property
    def is_council(self) -> bool:
        return self in (Invited.REGION, Invited.PROVINCE, Invited.COMMUNE)

    @property
    def is_proposed(self) -> bool:
        """Whether the secretariat validates it before it is sent."""
        return self in (Invited.SPEAKER, Invited.EXPERT)


class InvitationState(Named):
    PROPOSED = "proposed", _l("to be validated")
    READY = "ready", _l("ready to send")
    SENT = "sent", _l("waiting for an answer")
    ACCEPTED = "accepted", _l("comes")
    DECLINED = "declined", _l("declined")
    DELEGATED = "delegated", _l("somebody else comes")
    REFUSED = "refused", _l("not validated")


class MeetingInvitation(Base):
    """One invitation. `name` is the body or the person; `listed_as` says what it is in the directory when it
    was picked there: the code of its region, province or commune, the short name of a consultative body;
    `receipt` is the secret of the link by which it is answered.
    """

    __tablename__ = "meeting_invitations"
    __table_args__ = (
        Index("ix_meeting_invitations_meeting", "meeting_id", "state", "id"),
        CheckConstraint("(state = 'refused') = (refusal is not null)", name="reasoned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    kind: Mapped[Invited] = mapped_column(choice(Invited))
    state: Mapped[InvitationState] = mapped_column(choice(InvitationState))
    name: Mapped[Translated]
    listed_as: Mapped[str | None]
    role: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str]
    receipt: Mapped[str] = mapped_column(unique=True)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    validated_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    validated_at: Mapped[datetime | None]
    refusal: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Text)
    delegate: Mapped[str | None]
    delegate_email: Mapped[str | None]

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
