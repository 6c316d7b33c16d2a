"""The columns of a list of participants, and what people write above them in Arabic, French and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cocreation.demographics.models import AGE, CAPACITY, GENDER, QUESTIONS, AskedIn, StatisticalQuestion
from cocreation.files.sheets.columns import Blanks, Column
from cocreation.languages.i18n import lazy_gettext as _l

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
        "الاسم النسب",
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
        "Prénom nom",
        "Identité",
        "Invité",
        "المدعوون",
        "اسم ونسب المشارك",
        "الاسم الكامل للمشارك",
        "اسمكم الكامل",
        "Full name of the participant",
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
        "Tél portable",
        "هاتفكم",
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
    GENDER: ("النوع الاجتماعي", "جنس", "Civilité", "H/F", "F/H", "M/F", "Homme/Femme", "ذكر/أنثى"),
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
