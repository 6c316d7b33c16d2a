"""What is kept while an idea is being written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Json


class Draft(Base):
    """A form half filled in, opened again by the secret in its link. Gone a month after it was last saved."""

    __tablename__ = "drafts"

    receipt: Mapped[str] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    content: Mapped[dict[str, str | bool]] = mapped_column(Json, default=dict)
    saved_at: Mapped[datetime] = mapped_column(index=True)
