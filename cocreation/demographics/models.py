"""What people say of themselves for the statistics: the questions, and the table that keeps the answers.

A question is declared once, in `QUESTIONS`. The forms, the lists in spreadsheets, what is kept and taken
along, the tables and what is hidden in them read it there: docs/how-to/add-a-statistical-question.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from cocreation.core.database import Base, choice
from cocreation.core.enums import Named
from cocreation.directory.models import Domain, Province
from cocreation.languages.i18n import Lazy, lazy_gettext as _l

NOT_STATED, NOT_AVAILABLE = "not_stated", _l("not available")  # how no answer is counted and called


class AgeBracket(Named):
    """Ages in years, lower bound included."""

    FROM_18 = "18-30", _l("18 to 29 years")
    FROM_30 = "30-40", _l("30 to 39 years")
    FROM_40 = "40-50", _l("40 to 49 years")
    FROM_50 = "50-60", _l("50 to 60 years")
    FROM_60 = "60+", _l("over 60 years")
    NOT_STATED = "not_stated", _l("not available")


class Gender(Named):
    FEMALE = "female", _l("female")
    MALE = "male", _l("male")
    NOT_STATED = "not_stated", _l("not available")


class Capacity(Named):
    """In what capacity someone takes part, as the meetings of 2023 counted it."""

    ASSOCIATION = "association", _l("association member")
    PUBLIC_SECTOR = "public_sector", _l("public sector")
    RESEARCHER = "researcher", _l("researcher or academic")
    CITIZEN = "citizen", _l("citizen")
    JOURNALIST = "journalist", _l("journalist")
    EXPERT = "expert", _l("expert")
    NOT_STATED = "not_stated", _l("not available")


class Demographics(Base):
    """What somebody answered, given for the statistics only: kept apart and never listed beside a name. What
    a list of the organisers said of somebody, they get back in their spreadsheet (`participants.datasets`).
    """

    __tablename__ = "demographics"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    age_bracket: Mapped[AgeBracket] = mapped_column(choice(AgeBracket))
    gender: Mapped[Gender] = mapped_column(choice(Gender))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    domain: Mapped[Domain | None] = mapped_column(choice(Domain))

    province: Mapped[Province | None] = relationship(lazy="raise_on_sql")


class AskedIn(Enum):
    """Where a question is put: who registers answers it, the staff writes it in, or a list says it."""

    FORM = "form"
    ENTRY = "entry"
    LIST = "list"


class TableRows(Enum):
    """The rows of a question's table: each answer and those who did not say; each answer, and those who did
    not say where there are any; of many answers, those that somebody gave.
    """

    EVERY = "every"
    STATED = "stated"
    GIVEN = "given"


@dataclass(frozen=True, eq=False)
class StatisticalQuestion:
    """Something people are asked so that they can be counted by it.

    `key` names it in addresses and in lists, for good. `column` keeps the answer apart; without one, the
    registration does, under the key. `label` is its name above tables and columns, `asks`
    what a form asks where that is said otherwise, `aliases` what others write above their columns. Its
    answers are the members of `answers`, or the provinces without them. `radio`: there are few of them.
    `sensitive`: counts of a few people are hidden (`demographics.suppression`). `leads`: its table also
    stands on the page of the meeting itself.
    """

    key: str
    column: InstrumentedAttribute[Any] | None
    label: Lazy
    answers: type[Named] | None
    asks: Lazy | None = None
    aliases: tuple[str, ...] = ()
    asked_in: frozenset[AskedIn] = frozenset(AskedIn)
    radio: bool = False
    rows: TableRows = TableRows.STATED
    sensitive: bool = True
    leads: bool = False

    @property
    def name(self) -> str:
        """How rows call the answer."""
        return self.key if self.column is None else self.column.key

    @property
    def field(self) -> str:
        """How forms call it."""
        return self.name.removesuffix("_code")

    @property
    def is_apart(self) -> bool:
        """Whether its answers are kept apart from the name, and never listed beside it once a form asked."""
        return self.column is not None

    @property
    def not_stated(self) -> str | None:
        """What is kept of who did not answer."""
        return next((answer for answer in self.answers or () if answer == NOT_STATED), None)

    @property
    def labels(self) -> dict[str, Lazy]:
        """What each answer is called, by its value, and no answer, the last; not how provinces are."""
        return {**{answer.value: answer.label for answer in self.answers or ()}, NOT_STATED: NOT_AVAILABLE}

    def kept(self, answer: str | None) -> str | None:
        """What is kept of an answer or the value of one. Raises ValueError for none of its own."""
        if not answer or answer == NOT_STATED:
            return self.not_stated
        return self.answers(answer) if self.answers else answer


AGE = StatisticalQuestion(
    "age",
    Demographics.age_bracket,
    _l("Age bracket"),
    AgeBracket,
    aliases=("الفئة العمرية", "Tranche d'âge", "Age bracket", "السن", "العمر", "Âge", "Age"),
    rows=TableRows.EVERY,
    leads=True,
)
GENDER = StatisticalQuestion(
    "gender",
    Demographics.gender,
    _l("Gender"),
    Gender,
    aliases=("الجنس", "Sexe", "Gender", "النوع", "Genre", "Sex"),
    radio=True,
    leads=True,
)
# The one that also tells the organisers who somebody is, and is listed with the name.
CAPACITY = StatisticalQuestion(
    "capacity",
    None,
    _l("Capacity"),
    Capacity,
    asks=_l("You come as"),
    aliases=("الصفة", "Qualité", "Capacity", "Fonction", "Role"),
    rows=TableRows.EVERY,
    leads=True,
)
PROVINCE = StatisticalQuestion(
    "province",
    Demographics.province_code,
    _l("Province"),
    None,
    asked_in=frozenset({AskedIn.FORM, AskedIn.ENTRY}),
    rows=TableRows.GIVEN,
)
DOMAIN = StatisticalQuestion(
    "domain",
    Demographics.domain,
    _l("Field of the association"),
    Domain,
    asks=_l("Field of work"),
    asked_in=frozenset({AskedIn.FORM, AskedIn.ENTRY}),
    rows=TableRows.GIVEN,
)

# In the order in which people read their tables.
QUESTIONS = (AGE, GENDER, CAPACITY, PROVINCE, DOMAIN)
APART = tuple(question for question in QUESTIONS if question.is_apart)
