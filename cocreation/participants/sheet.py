"""A list of participants in a spreadsheet: its columns and values, in Arabic, French and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cocreation.core.contacts import is_phone, mailbox, phone_number
from cocreation.core.enums import Named
from cocreation.core.errors import Invalid
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.demographics.models import (
    AGE,
    CAPACITY,
    GENDER,
    NOT_STATED,
    QUESTIONS,
    AgeBracket,
    AskedIn,
    Capacity,
    Gender,
    StatisticalQuestion,
)
from cocreation.files.sheets.reader import Sheet
from cocreation.files.sheets.refusals import Problems
from cocreation.files.sheets.table import Column, Row, match_all, match_choice

LONGEST = 200  # characters of a name, an association or a workshop, as in the forms

UNSTATED = (
    "غير متوفر",
    "غير محدد",
    "أفضل عدم الإجابة",
    "non disponible",
    "n/d",
    "nd",
    "non précisé",
    "not available",
    "n/a",
    "prefer not to say",
)

NAME = Column(
    "name",
    _l("Name"),
    required=True,
    aliases=(
        "الاسم الكامل",
        "Nom complet",
        "Full name",
        "الاسم",
        "الاسم والنسب",
        "Nom",
        "Nom et prénom",
        "Participant",
    ),
)
EMAIL = Column(
    "email",
    _l("E-mail"),
    aliases=("البريد الإلكتروني", "E-mail", "Email", "Courriel", "Adresse électronique", "Mail"),
)
PHONE = Column(
    "phone",
    _l("Telephone"),
    aliases=("الهاتف", "Téléphone", "Phone", "رقم الهاتف", "Tél", "GSM", "Telephone"),
)
ASSOCIATION = Column(
    "association",
    _l("Association"),
    aliases=("الجمعية", "Association", "الهيئة", "Organisation", "Organization", "Organisme"),
)
WORKSHOP = Column(
    "workshop",
    _l("Workshop"),
    aliases=("الورشة", "Atelier", "Workshop", "الورشة الموازية", "Atelier parallèle"),
)


def column_of(question: StatisticalQuestion) -> Column:
    """The column of a statistical question."""
    return Column(question.key, question.label, aliases=question.aliases)


LISTED = tuple(question for question in QUESTIONS if AskedIn.LIST in question.asked_in)
COLUMNS = (NAME, EMAIL, PHONE, *map(column_of, LISTED), ASSOCIATION, WORKSHOP)

GENDERS: dict[Named, tuple[str, ...]] = {
    Gender.FEMALE: ("أنثى", "femme", "female", "F", "féminin", "امرأة", "إناث", "woman"),
    Gender.MALE: ("ذكر", "homme", "male", "M", "H", "masculin", "رجل", "ذكور", "man"),
    Gender.NOT_STATED: UNSTATED,
}
CAPACITIES: dict[Named, tuple[str, ...]] = {
    Capacity.ASSOCIATION: (
        "فاعل (ة) / جمعي (ة)",
        "acteur associatif",
        "association member",
        "فاعل(ة) جمعوي(ة)",
        "فاعل جمعوي",
        "فاعلة جمعوية",
        "associatif",
        "actrice associative",
        "acteur(trice) associatif(ve)",
        "acteur associatif ou actrice associative",
        "civil society",
    ),
    Capacity.PUBLIC_SECTOR: ("قطاع عام", "secteur public", "public sector", "القطاع العام", "fonctionnaire"),
    Capacity.RESEARCHER: (
        "باحث (ة) / أكاديمي (ة)",
        "chercheur",
        "researcher",
        "باحث(ة)، أكاديمي(ة)",
        "باحث",
        "باحثة",
        "chercheur(euse)",
        "chercheuse",
        "universitaire",
        "chercheur / universitaire",
        "chercheur, chercheuse ou universitaire",
        "researcher or academic",
        "researcher / academic",
        "academic",
    ),
    Capacity.CITIZEN: (
        "مواطن (ة)",
        "citoyen",
        "citizen",
        "مواطن",
        "مواطنة",
        "citoyenne",
        "citoyen(ne)",
        "citoyen ou citoyenne",
    ),
    Capacity.JOURNALIST: ("صحافي (ة)", "journaliste", "journalist", "صحافي", "صحافية", "صحفي", "صحفي(ة)"),
    Capacity.EXPERT: ("خبير (ة)", "expert", "خبير", "خبيرة", "experte", "expert(e)", "expert ou experte"),
    Capacity.NOT_STATED: UNSTATED,
}


def _between(low: int, high: int) -> tuple[str, ...]:
    return (
        f"ما بين {low} سنة و {high} سنة",
        f"entre {low} et {high} ans",
        f"{low} to {high} years",
        f"ما بين {low} و {high} سنة",
        f"من {low} إلى {high} سنة",
        f"de {low} à {high} ans",
        f"{low} à {high} ans",
        f"{low}-{high} ans",
        f"{low}-{high}",
        f"{low} to {high}",
        f"between {low} and {high}",
    )


AGES: dict[Named, tuple[str, ...]] = {
    AgeBracket.FROM_18: _between(18, 30),
    AgeBracket.FROM_30: _between(30, 40),
    AgeBracket.FROM_40: _between(40, 50),
    AgeBracket.FROM_50: _between(50, 60),
    AgeBracket.FROM_60: (
        "أزيد من 60 سنة",
        "plus de 60 ans",
        "over 60 years",
        "60 سنة فأكثر",
        "أكثر من 60 سنة",
        "60 ans et plus",
        "60+",
        "over 60",
    ),
    AgeBracket.NOT_STATED: UNSTATED,
}
# What others write in their cells, besides the labels of the answers.
WORDS: Mapping[StatisticalQuestion, Mapping[Named, Sequence[str]]] = {
    AGE: AGES,
    GENDER: GENDERS,
    CAPACITY: CAPACITIES,
}


class NotAnAddress(Invalid):
    sentence = _l("“%(value)s” is not an e-mail address.")


class NotAPhoneNumber(Invalid):
    sentence = _l("“%(value)s” is not a telephone number.")


class Unreachable(Invalid):
    sentence = _l(
        "There is neither an e-mail address nor a telephone number: one of them tells people apart."
    )


class TooLong(Invalid):
    sentence = _l("“%(value)s…” is longer than %(limit)s characters.")


class ListedTwice(Invalid):
    sentence = _l("“%(value)s” is already in row %(row)s of sheet “%(sheet)s”.")


# What an answer as it is written is kept as.
Chooser = Callable[[str], str | None]


@dataclass(frozen=True)
class ListedParticipant:
    """One person of the list; `said` is what is kept of each statistical question, `workshop` the title as
    written, "" when there is none.
    """

    row: Row
    name: str
    email: str | None
    phone: str | None
    association: str | None
    said: Mapping[StatisticalQuestion, str | None]
    workshop: str

    @property
    def capacity(self) -> Capacity:
        return Capacity(str(self.said[CAPACITY]))


def read_participants(sheets: Sequence[Sheet]) -> list[ListedParticipant]:
    """The people of a list, one a row. Raises SheetRefused naming every row with something wrong."""
    problems, people = Problems(), []
    choosers = {question: _chooser(question) for question in LISTED}
    for row in match_all(sheets, COLUMNS):
        with problems.at(row):
            people.append(_listed(row, choosers))
    _check_twice(people, problems)
    problems.refuse()
    return people


def _listed(
    row: Row, choosers: Mapping[StatisticalQuestion, Callable[[str], str | None]]
) -> ListedParticipant:
    for name in ("name", "association", "workshop"):
        if len(row[name]) > LONGEST:
            raise TooLong(value=row[name][:40], limit=LONGEST)
    email, phone = mailbox(row["email"]), row["phone"]
    if row["email"] and not email:
        raise NotAnAddress(value=row["email"][:80])
    if phone and not is_phone(phone):
        raise NotAPhoneNumber(value=phone[:40])
    if not email and not phone:
        raise Unreachable
    return ListedParticipant(
        row=row,
        name=_line(row["name"]),
        email=email or None,
        phone=phone_number(phone) if phone else None,
        association=_line(row["association"]) or None,
        said={question: chosen(row[question.key]) for question, chosen in choosers.items()},
        workshop=_line(row["workshop"]),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _chooser(question: StatisticalQuestion) -> Chooser:
    """What an empty cell, a value or one of its words means; each is folded and looked up once."""
    words = WORDS.get(question, {})
    choices: dict[str, Sequence[str]] = {answer: words.get(answer, ()) for answer in question.answers or ()}
    choices.setdefault(NOT_STATED, UNSTATED)

    @cache
    def chosen(value: str) -> str | None:
        return question.kept(match_choice(value, choices) if value else None)

    return chosen


def _check_twice(people: Sequence[ListedParticipant], problems: Problems) -> None:
    """An address or a number in two rows: nobody can say which row is right."""
    seen: dict[str, Row] = {}
    for registration in people:
        for way in filter(None, (registration.email, registration.phone)):
            with problems.at(registration.row):
                if first := seen.get(way):
                    raise ListedTwice(value=way, row=str(first.number), sheet=first.sheet)
                seen[way] = registration.row
