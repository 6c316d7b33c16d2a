"""Lists of participants as people have them, and what is read of each or said against it."""

from __future__ import annotations

from datetime import datetime

from cocreation.files.sheets.columns import NotAChoice
from cocreation.files.sheets.layout import (
    ABOVE,
    FILLED_DOWN,
    FORMULAS,
    NUMBERS_ALONE,
    REPEATED_HEADERS,
    TITLES,
    TOTALS,
    Guidance,
)
from cocreation.files.sheets.reader import FORMULA, UNKEPT
from cocreation.files.sheets.table import EMPTY, MERGED, MISSING, NO_HEADERS
from cocreation.participants.sheet import ListedTwice
from cocreation.participants.sheet_contacts import NotAnAddress
from tests.files.spreadsheets import archive, xlsx_parts
from tests.imports.kinds import AMAL, SAMI, TWO, Kind, Shown, nameless, people, person

LISTS: dict[str, Kind] = {
    "01 running number, identity card, signature and remarks": people(
        ["ر.ت", "الاسم الكامل", "البريد الإلكتروني", "رقم البطاقة الوطنية", "التوقيع", "ملاحظات"],
        [1, *AMAL, "X1", "", ""],
        [2, *SAMI, "X2", "", "عضو"],
        expected=TWO,
        left_out=["ر.ت", "رقم البطاقة الوطنية", "التوقيع", "ملاحظات"],
    ),
    "02 a letterhead above": people(
        ["المملكة المغربية"],
        ["جمعية مثال"],
        [],
        ["لائحة المشاركين في لقاء تجريبي"],
        ["الاسم", "البريد"],
        AMAL,
        SAMI,
        expected=TWO,
        merged=("A1:F1", "A4:F4"),
        remarks={ABOVE: [1, 2, 4]},
    ),
    "03 a total below": people(
        ["N°", "Nom", "E-mail"],
        [1, *AMAL],
        [2, *SAMI],
        ["", "Total", 2],
        expected=TWO,
        remarks={TOTALS: [4]},
    ),
    "04 a total merged, in Arabic, and a signature under it": people(
        ["ر.ت", "الاسم", "البريد"],
        [1, *AMAL],
        [2, *SAMI],
        ["المجموع: 2 مشاركين"],
        ["توقيع المسؤول"],
        expected=TWO,
        merged=("A4:C4",),
        remarks={TOTALS: [4], TITLES: [5]},
    ),
    "05 the association merged over its people": people(
        ["Association", "Nom complet", "Mail"],
        ["Mithal Asso", *AMAL],
        ["", *SAMI],
        ["Autre", "Lina Autre", "lina@example.org"],
        merged=("A2:A3",),
        expected=[
            person(*AMAL, association="Mithal Asso"),
            person(*SAMI, association="Mithal Asso"),
            person("Lina Autre", "lina@example.org", association="Autre"),
        ],
    ),
    "06 the workshop written once": people(
        ["الورشة", "الاسم", "البريد"],
        ["الرقمنة", *AMAL],
        ["", *SAMI],
        ["", "لينا مثال", "lina@example.org"],
        expected=[
            person(*AMAL, workshop="الرقمنة"),
            person(*SAMI, workshop="الرقمنة"),
            person("لينا مثال", "lina@example.org", workshop="الرقمنة"),
        ],
        remarks={FILLED_DOWN.filled(column="الورشة"): [3, 4]},
    ),
    "07 the same, unticked": people(
        ["الورشة", "الاسم", "البريد"],
        ["الرقمنة", *AMAL],
        ["", *SAMI],
        guidance=Guidance(filled=frozenset()),
        expected=[person(*AMAL, workshop="الرقمنة"), person(*SAMI)],
    ),
    "08 family name and given name": people(
        ["Nom", "Prénom", "E-mail"],
        ["MITHAL", "Amal", AMAL[1]],
        ["MATHAL", "Sami", SAMI[1]],
        expected=[person("Amal MITHAL", AMAL[1]), person("Sami MATHAL", SAMI[1])],
    ),
    "09 the same in Arabic": people(
        ["الاسم الشخصي", "الاسم العائلي", "الإيميل"],
        ["أمل", "مثال", AMAL[1]],
        expected=[person("أمل مثال", AMAL[1])],
    ),
    "10 الاسم beside النسب": people(
        ["الاسم", "النسب", "البريد"],
        ["أمل", "مثال", AMAL[1]],
        expected=[person("أمل مثال", AMAL[1])],
    ),
    "11 synonyms in Arabic": people(
        [
            "اسم المشارك(ة)",
            "العنوان الإلكتروني / البريد الإلكتروني",
            "النوع الاجتماعي",
            "الشريحة العمرية",
            "الوظيفة",
        ],
        [*AMAL, "أنثى", "18 - 30 سنة", "موظف(ة)"],
        expected=[person(*AMAL, gender="female", age="18-30", capacity="public_sector")],
    ),
    "12 synonyms in French, with stars and brackets": people(
        ["Nom et prénom *", "Adresse e-mail (obligatoire)", "Sexe (H/F)", "Tranche d’âge", "Fonction"],
        [*AMAL, "F", "de 30 à 40 ans", "citoyen(ne)"],
        expected=[person(*AMAL, gender="female", age="30-40", capacity="citizen")],
    ),
    "13 synonyms in English, plural": people(
        ["Full names", "Emails", "Gender", "Age group", "Organisations"],
        [*AMAL, "woman", "over 60", "Mithal Org"],
        expected=[person(*AMAL, gender="female", age="60+", association="Mithal Org")],
    ),
    "14 headers of two languages in one cell": people(
        ["الاسم الكامل / Nom complet", "E-mail\nالبريد الإلكتروني"],
        AMAL,
        expected=[person(*AMAL)],
    ),
    "15 headers of two rows": people(
        ["الاسم", "وسائل الاتصال", ""],
        ["", "البريد", "الهاتف"],
        [*AMAL, "0612345678"],
        merged=("A1:A2", "B1:C1"),
        expected=[person(*AMAL, phone="+212612345678")],
        remarks={ABOVE: [1]},
    ),
    "16 ages as numbers": people(
        ["Nom", "E-mail", "Âge"],
        [*AMAL, 24],
        [*SAMI, "61 ans"],
        expected=[person(*AMAL, age="18-30"), person(*SAMI, age="60+")],
    ),
    "17 brackets of others that lie within ours": people(
        ["Nom", "E-mail", "Âge"],
        [*AMAL, "18-25"],
        [*SAMI, "31-40"],
        expected=[person(*AMAL, age="18-30"), person(*SAMI, age="30-40")],
    ),
    "18 birth dates, years of birth, days as text": people(
        ["الاسم", "البريد", "تاريخ الازدياد"],
        [*AMAL, datetime(1996, 6, 16)],
        [*SAMI, 1970],
        ["Lina", "lina@example.org", "16/06/1986"],
        expected=[
            person(*AMAL, age="18-30"),
            person(*SAMI, age="50-60"),
            person("Lina", "lina@example.org", age="30-40"),
        ],
    ),
    "19 a dash for what is not known": people(
        ["Nom", "E-mail", "Téléphone", "Association", "Sexe", "Âge"],
        [*AMAL, "-", "—", "/", "…"],
        [SAMI[0], "--", "0612345678", "", "?", "-"],
        expected=[person(*AMAL), person(SAMI[0], phone="+212612345678")],
    ),
    "20 a signature sheet: neither address nor telephone": people(
        ["ر.ت", "الاسم والنسب", "الجمعية", "التوقيع"],
        [1, "أمل مثال", "جمعية", ""],
        [2, "سامي مثال", "", ""],
        [3, "", "", ""],
        [4, "", "", ""],
        expected=[person("أمل مثال", association="جمعية"), person("سامي مثال")],
        remarks={NUMBERS_ALONE: [4, 5]},
    ),
    "21 a formula in a column that is left out, and one that is read": people(
        ["N°", "Nom", "E-mail"],
        [Shown("=ROW()-1", 1), Shown('=PROPER("amal mithal")', AMAL[0]), AMAL[1]],
        [Shown("=A2+1", 2), *SAMI],
        expected=TWO,
        remarks={FORMULAS: [2]},
    ),
    "22 the headers once more on each page": people(
        ["Nom", "E-mail"],
        AMAL,
        ["Nom", "E-mail"],
        SAMI,
        expected=TWO,
        remarks={REPEATED_HEADERS: [3]},
    ),
    "23 a title among the rows": people(
        ["Nom", "E-mail", "Tél"],
        ["Groupe A"],
        AMAL,
        ["Groupe B"],
        SAMI,
        merged=("A2:C2", "A4:C4"),
        expected=TWO,
        remarks={TITLES: [2, 4]},
    ),
    "24 the list stands in the second sheet": Kind(
        {"Lisez-moi": [["Merci de remplir"]], "Liste": [["Nom", "E-mail"], AMAL, SAMI]}, expected=TWO
    ),
    "25 two sheets that fit": Kind(
        {"Matin": [["Nom", "E-mail"], AMAL], "Soir": [["E-mail", "Nom"], SAMI[::-1]]}, expected=TWO
    ),
    "26 a copy in a sheet that is not ticked": Kind(
        {"Liste": [["Nom", "E-mail"], AMAL], "Copie": [["Nom", "E-mail"], AMAL]},
        guidance=Guidance(sheets=frozenset({"Liste"})),
        expected=[person(*AMAL)],
    ),
    "27 a CSV of Excel that names its separator": Kind(
        data="sep=;\r\nNom;E-mail\r\nAmal Mithal;amal@example.org\r\n".encode("utf-8-sig"),
        name="liste.csv",
        expected=[person(*AMAL)],
    ),
    "28 a CSV of an old Windows, in Arabic": Kind(
        data="الاسم;الهاتف;الصفة\r\nأمل مثال;0612345678;موظفة\r\n".encode("cp1256"),
        name="لائحة.csv",
        expected=[person("أمل مثال", phone="+212612345678", capacity="public_sector")],
    ),
    "29 a column nobody knows: asked about, left out when seen": people(
        ["Nom", "E-mail", "Pointure"],
        [*AMAL, 38],
        expected=[person(*AMAL)],
        left_out=["Pointure"],
        asks=True,
    ),
    "30 the same, said to be the association": people(
        ["Nom", "E-mail", "Pointure"],
        [*AMAL, "Mithal"],
        guidance=Guidance(columns={"Pointure": "association"}),
        expected=[person(*AMAL, association="Mithal")],
    ),
    "31 headers nobody knows, said by hand": people(
        ["Inscrits ce jour", "Comment joindre"],
        AMAL,
        guidance=Guidance(columns={"Inscrits ce jour": "name", "Comment joindre": "email"}),
        expected=[person(*AMAL)],
    ),
    "32 no headers at all, said by hand": people(
        AMAL,
        SAMI,
        guidance=Guidance(columns={nameless("A"): "name", nameless("B"): "email"}),
        expected=TWO,
    ),
    "33 two telephones: asked which": people(
        ["Nom", "Tél", "Téléphone"],
        ["Amal", "0612345678", "0537000000"],
        expected=[person("Amal", phone="+212612345678")],
        left_out=["Téléphone"],
        asks=True,
    ),
    "34 what this platform gives away comes back": people(
        ["Name", "E-mail", "Telephone", "Association", "Capacity", "Workshop", "Age bracket", "Gender"],
        [*AMAL, "'+212612345678", "", "citizen", "", "18 to 29 years", "female"],
        expected=[person(*AMAL, phone="+212612345678", gender="female", age="18-30", capacity="citizen")],
    ),
    "35 refused: an age of no bracket, mistakes grouped by what is wrong": people(
        ["Nom", "E-mail", "Âge"],
        [*AMAL, "17"],
        [*SAMI, "25-45"],
        ["Lina", "lina", "15"],
        errors=[(NotAChoice.sentence, [2, 3, 4]), (NotAnAddress.sentence, [4])],
    ),
    "36 refused: a name merged over two addresses": people(
        ["Nom", "E-mail"],
        AMAL,
        ["", SAMI[1]],
        merged=("A2:A3",),
        errors=[(MERGED, [2]), (EMPTY, [3])],
    ),
    "37 refused: one address in two rows": people(
        ["Nom", "E-mail"], AMAL, [SAMI[0], AMAL[1]], errors=[(ListedTwice.sentence, [3])]
    ),
    "38 refused: a formula whose value was not saved": Kind(
        data=archive(
            xlsx_parts(
                '<row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c></row>'
                '<row r="2"><c r="A2"><f>B2</f></c></row>'
            )
        ),
        errors=[(UNKEPT, [2])],
    ),
    "39 refused: a formula in a CSV": Kind(
        data=b"Nom;E-mail\n=1+1;a@example.org\n", name="liste.csv", errors=[(FORMULA, [2])]
    ),
    "40 refused: nothing that names anybody": people(
        ["E-mail", "Ville"], [AMAL[1], "Oujda"], errors=[(MISSING, [1])]
    ),
    "41 refused: no column that is known": people(
        ["Montant", "Budget"], [10, 20], errors=[(NO_HEADERS, [None])]
    ),
    "42 a sheet with some of the columns: asked about": Kind(
        {"Liste": [["Nom", "E-mail"], AMAL], "Suite": [["E-mail", "Tél"], [SAMI[1], "0612345678"]]},
        expected=[person(*AMAL)],
        asks=True,
    ),
}
