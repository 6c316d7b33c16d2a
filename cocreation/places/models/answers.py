"""What people choose, need and answer when they register for a meeting."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Json, Translated, choice
from cocreation.core.enums import Named
from cocreation.languages.i18n import Lazy, lazy_gettext as _l

Answer = str | bool | list[int]  # what `Reply` keeps: a text, a yes or no, the places of the options chosen


class AccessNeed(Named):
    """What somebody needs in order to take part."""

    WHEELCHAIR = "wheelchair", _l("step-free access")
    SIGN_LANGUAGE = "sign_language", _l("sign language")
    LARGE_PRINT = "large_print", _l("large print")
    COMPANION = "companion", _l("a companion")
    CHILDCARE = "childcare", _l("a place for a child")


class Meal(Named):
    ANY = "any", _l("no particular diet")
    VEGETARIAN = "vegetarian", _l("vegetarian")
    DIABETIC = "diabetic", _l("diabetic")
    GLUTEN_FREE = "gluten_free", _l("gluten-free")
    NONE = "none", _l("no meal")


class Needs(Base):
    """What somebody needs at the meeting: for those who prepare it only, erased a month after it."""

    __tablename__ = "needs"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    access: Mapped[list[str]] = mapped_column(Json, default=list)
    meal: Mapped[Meal | None] = mapped_column(choice(Meal))
    note: Mapped[str | None] = mapped_column(Text)

    @property
    def labels(self) -> list[Lazy]:
        """What is needed, in words, without the note."""
        return [*(AccessNeed(need).label for need in self.access), *([self.meal.label] if self.meal else [])]


class WorkshopWish(Base):
    """A workshop somebody would like to join; `rank` 1 is the one they would like most."""

    __tablename__ = "workshop_wishes"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)


class AnswerType(Named):
    """How a question of the organiser is answered."""

    TEXT = "text", _l("a short text")
    ONE = "one", _l("one choice")
    SEVERAL = "several", _l("several choices")
    YES_NO = "yes_no", _l("yes or no")


class MeetingQuestion(Base):
    """A question the organiser adds to the form. `options` are the choices, each in several languages.

    One for the staff only (`is_internal`) is filled in by them and never shown to the public.
    """

    __tablename__ = "meeting_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    asks: Mapped[AnswerType] = mapped_column(choice(AnswerType))
    label: Mapped[Translated]
    options: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    is_internal: Mapped[bool] = mapped_column(default=False)

    def said(self, value: Answer) -> str | bool | list[Translated]:
        """A reply as it is shown: the text, the yes or no, the choices (each in several languages)."""
        if not isinstance(value, list):
            return value
        return [Translated(self.options[option]) for option in value if option < len(self.options)]


class Reply(Base):
    """What a person answered to a question: a text, a yes or no, the positions of the options chosen."""

    __tablename__ = "meeting_replies"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_questions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    value: Mapped[Answer] = mapped_column(Json)
