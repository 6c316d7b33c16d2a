"""A list of participants in a spreadsheet: its columns and values, in Arabic, French and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TypeVar

from cocreation.core.contacts import is_phone, mailbox, phone_number
from cocreation.core.enums import Named
from cocreation.core.errors import Invalid
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
from cocreation.files.sheets.columns import Blanks, Column, match_choice
from cocreation.files.sheets.refusals import Problems
from cocreation.files.sheets.table import Row
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.participants.ages import bracket_of

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

FAMILY_NAME = Column(
    "family_name",
    _l("Family name"),
    aliases=("الاسم العائلي", "Nom de famille", "Family name", "النسب", "اللقب", "Last name", "Surname"),
)
GIVEN_NAME = Column(
    "given_name",
    _l("Given name"),
    aliases=("الاسم الشخصي", "Prénom", "Given name", "First name"),
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
        "الأسماء",
        "الاسم والنسب",
        "الاسم الشخصي والعائلي",
        "الاسم العائلي والشخصي",
        "اسم المشارك",
        "المشارك",
        "المشاركون",
        "المشاركات والمشاركون",
        "Nom",
        "Nom et prénom",
        "Nom & prénom",
        "Prénom et nom",
        "Nom prénom",
        "Nom du participant",
        "Participant",
        "Participant name",
    ),
    instead=("family_name", "given_name"),
)
EMAIL = Column(
    "email",
    _l("E-mail"),
    aliases=(
        "البريد الإلكتروني",
        "E-mail",
        "Email",
        "Courriel",
        "Adresse électronique",
        "Adresse e-mail",
        "Adresse email",
        "Adresse mail",
        "Mail",
        "Mèl",
        "الإيميل",
        "البريد",
        "عنوان البريد الإلكتروني",
        "Email address",
    ),
)
PHONE = Column(
    "phone",
    _l("Telephone"),
    aliases=(
        "الهاتف",
        "Téléphone",
        "Phone",
        "رقم الهاتف",
        "الهاتف المحمول",
        "الهاتف النقال",
        "النقال",
        "المحمول",
        "Tél",
        "Tel",
        "Portable",
        "Mobile",
        "Téléphone portable",
        "Téléphone mobile",
        "GSM",
        "Telephone",
        "Phone number",
        "WhatsApp",
    ),
)
ASSOCIATION = Column(
    "association",
    _l("Association"),
    aliases=(
        "الجمعية",
        "Association",
        "Organisation",
        "الهيئة",
        "اسم الجمعية",
        "الجمعية أو المؤسسة",
        "المؤسسة",
        "الإدارة",
        "الإطار",
        "Organization",
        "Organisme",
        "Nom de l'association",
        "Structure",
        "Institution",
        "Établissement",
        "Entité",
        "Affiliation",
    ),
    blanks=Blanks.MERGED,
)
WORKSHOP = Column(
    "workshop",
    _l("Workshop"),
    aliases=("الورشة", "Atelier", "Workshop", "الورشة الموازية", "Atelier parallèle", "الورشات"),
    blanks=Blanks.BENEATH,
)
NUMBER = Column("list_number", _l("Number in the list"))
STATE = Column("state", _l("State"), only_given=True)
CONFIRMATION = Column("confirmation", _l("Confirmation"), only_given=True)
ACCESS = Column("access", _l("What you need in order to take part"), only_given=True)
MEAL = Column("meal", _l("Your meal"), only_given=True)
NOTE = Column("note", _l("Anything else we should prepare"), only_given=True)


def column_of(question: StatisticalQuestion) -> Column:
    """The column of a statistical question."""
    names = (*question.aliases, *NAMES.get(question, ()))
    return Column(question.key, question.label, aliases=names, blanks=Blanks.MERGED)


# What others write above the columns of their lists, besides what the question is called.
NAMES: Mapping[StatisticalQuestion, Sequence[str]] = {
    AGE: (
        "الشريحة العمرية",
        "الفئات العمرية",
        "تاريخ الميلاد",
        "تاريخ الازدياد",
        "سنة الميلاد",
        "سنة الازدياد",
        "Date de naissance",
        "Année de naissance",
        "Né le",
        "Date of birth",
        "Birth date",
        "Year of birth",
        "Catégorie d'âge",
        "Classe d'âge",
        "Age group",
    ),
    GENDER: ("النوع الاجتماعي", "جنس", "Civilité", "H/F", "F/H", "M/F"),
    CAPACITY: (
        "الوظيفة",
        "المهنة",
        "صفة المشارك",
        "Profession",
        "Statut",
        "Occupation",
        "Catégorie",
        "Profil",
    ),
}
LISTED = tuple(question for question in QUESTIONS if AskedIn.LIST in question.asked_in)
COLUMNS = (
    NAME,
    FAMILY_NAME,
    GIVEN_NAME,
    EMAIL,
    PHONE,
    *map(column_of, LISTED),
    ASSOCIATION,
    WORKSHOP,
    NUMBER,
    STATE,
    CONFIRMATION,
    ACCESS,
    MEAL,
    NOTE,
)

GENDERS: dict[Named, tuple[str, ...]] = {
    Gender.FEMALE: (
        "أنثى",
        "femme",
        "female",
        "F",
        "féminin",
        "امرأة",
        "إناث",
        "woman",
        "Mme",
        "Mlle",
        "السيدة",
        "الآنسة",
        "نساء",
        "femmes",
        "Mrs",
        "Ms",
    ),
    Gender.MALE: (
        "ذكر",
        "homme",
        "male",
        "M",
        "H",
        "masculin",
        "رجل",
        "ذكور",
        "man",
        "Mr",
        "السيد",
        "رجال",
        "hommes",
    ),
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
        "فاعل مدني",
        "فاعلة مدنية",
        "عضو جمعية",
        "عضوة جمعية",
        "عضو بالجمعية",
        "رئيس جمعية",
        "رئيسة جمعية",
        "رئيس الجمعية",
        "رئيسة الجمعية",
        "كاتب عام للجمعية",
        "المجتمع المدني",
        "membre d'association",
        "membre d'une association",
        "président d'association",
        "présidente d'association",
        "président de l'association",
        "présidente de l'association",
        "société civile",
        "association",
    ),
    Capacity.PUBLIC_SECTOR: (
        "قطاع عام",
        "secteur public",
        "public sector",
        "القطاع العام",
        "fonctionnaire",
        "موظف",
        "موظفة",
        "موظف عمومي",
        "موظفة عمومية",
        "إطار",
        "إطار إداري",
        "إدارة",
        "agent public",
        "agent de l'État",
        "administration",
        "cadre",
        "cadre administratif",
        "civil servant",
        "official",
    ),
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
        "أكاديمي",
        "أكاديمية",
        "أستاذ باحث",
        "أستاذة باحثة",
        "أستاذ جامعي",
        "أستاذة جامعية",
        "طالب باحث",
        "طالبة باحثة",
        "doctorant",
        "doctorante",
        "enseignant-chercheur",
        "enseignante-chercheuse",
        "PhD student",
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


class NotAName(Invalid):
    sentence = _l("“%(value)s” is not a name: there is no letter in it.")


class NotANumber(Invalid):
    sentence = _l("“%(value)s” is not a number of the list. Leave the cell empty, or write 1, 2, 3…")


class TooLong(Invalid):
    sentence = _l("“%(value)s…” is longer than %(limit)s characters.")


class ListedTwice(Invalid):
    sentence = _l("“%(value)s” is already in row %(row)s of sheet “%(sheet)s”.")


# What an answer as it is written is kept as.
Chooser = Callable[[str], str | None]
Taken = TypeVar("Taken")


@dataclass(frozen=True)
class ListedParticipant:
    """One person of the list; `said` is what is kept of each statistical question, `workshop` the title as
    written, "" when there is none. `number` is what this platform's own export calls somebody who has neither
    an address nor a telephone.
    """

    row: Row
    name: str
    email: str | None
    phone: str | None
    association: str | None
    said: Mapping[StatisticalQuestion, str | None]
    workshop: str
    number: int | None

    @property
    def capacity(self) -> Capacity:
        return Capacity(str(self.said[CAPACITY]))

    @property
    def is_reachable(self) -> bool:
        return bool(self.email or self.phone)


def read_participants(rows: Sequence[Row], on: date) -> list[ListedParticipant]:
    """The people of a list, one a row; a birth is told as an age on a day. Raises SheetRefused naming
    every row with something wrong.
    """
    problems, people = Problems(), []
    choosers = {question: _chooser(question, on) for question in LISTED}
    for row in rows:
        before = len(problems.errors)
        cells = _Cells(row, problems)
        listed = ListedParticipant(
            row=row,
            name=cells.take(_name) or "",
            email=cells.take(_email),
            phone=cells.take(_phone),
            association=cells.take(lambda row: _short(row["association"])) or None,
            said={
                question: cells.take(partial(_answer, question, choosers[question])) for question in LISTED
            },
            workshop=cells.take(lambda row: _short(row["workshop"])) or "",
            number=cells.take(lambda row: _number(row["list_number"])),
        )
        if len(problems.errors) == before:
            people.append(listed)
    _check_twice(people, problems)
    problems.refuse()
    return people


class _Cells:
    """The cells of a row, each with its own mistake: who corrects a file hears of all of them at once."""

    def __init__(self, row: Row, problems: Problems) -> None:
        self.row, self.problems = row, problems

    def take(self, read: Callable[[Row], Taken]) -> Taken | None:
        taken = None
        with self.problems.at(self.row):
            taken = read(self.row)
        return taken


def _answer(question: StatisticalQuestion, chosen: Chooser, row: Row) -> str | None:
    return chosen(row[question.key])


def _email(row: Row) -> str | None:
    email = mailbox(row["email"])
    if row["email"] and not email:
        raise NotAnAddress(value=row["email"][:80])
    return email or None


def _phone(row: Row) -> str | None:
    phone = row["phone"]
    if phone and not is_phone(phone):
        raise NotAPhoneNumber(value=phone[:40])
    return phone_number(phone) if phone else None


def _name(row: Row) -> str:
    """The name, of one column or of two: "Nom" beside "Prénom" is the family's, "الاسم" beside "النسب" the
    person's own; with both beside it, it is the whole name. Raises NotAName, TooLong.
    """
    full, family, given = row["name"], row["family_name"], row["given_name"]
    if full and bool(family) == bool(given):
        family, given = "", full
    elif full:
        family, given = family or full, given or full
    name = _short(f"{given} {family}")
    if not any(character.isalpha() for character in name):
        raise NotAName(value=name[:40])
    return name


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not typed.isdecimal() or not 0 < int(typed) < 10**6:
        raise NotANumber(value=typed[:20])
    return int(typed)


def _short(text: str) -> str:
    """A text in one line. Raises TooLong."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise TooLong(value=line[:40], limit=LONGEST)
    return line


def _chooser(question: StatisticalQuestion, on: date) -> Chooser:
    """What an empty cell, a value or one of its words means; each is folded and looked up once."""
    words = WORDS.get(question, {})
    choices: dict[str, Sequence[str]] = {answer: words.get(answer, ()) for answer in question.answers or ()}
    choices.setdefault(NOT_STATED, UNSTATED)

    @cache
    def chosen(value: str) -> str | None:
        if question is AGE and (bracket := bracket_of(value, on)):
            return bracket
        return question.kept(match_choice(value, choices) if value else None)

    return chosen


def _check_twice(people: Sequence[ListedParticipant], problems: Problems) -> None:
    """An address or a number in two rows: nobody can say which row is right."""
    seen: dict[str, Row] = {}
    for listed in people:
        number = None if listed.is_reachable or listed.number is None else str(listed.number)
        for way in filter(None, (listed.email, listed.phone, number)):
            with problems.at(listed.row):
                if first := seen.get(way):
                    raise ListedTwice(value=way, row=str(first.number), sheet=first.sheet)
                seen[way] = listed.row
