"""What is printed for the day: the attendance sheet and the badges."""

from __future__ import annotations

import re
import zlib
from time import process_time

import pytest

from cocreation.attendance import printouts, queries as attendance_queries
from cocreation.attendance.queries import badge_code
from cocreation.core.database import session
from cocreation.files import pdf
from cocreation.languages import i18n
from cocreation.meetings import queries as meetings_queries
from tests.meeting_day import registrations, worded, write

SHEET, BADGES = "/ar/manage/meetings/OR1/attendance.pdf", "/ar/manage/meetings/OR1/badges.pdf"


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


def pages(content: bytes) -> int:
    """How many pages a PDF has; its objects may be packed."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    unpacked = content
    for stream in packed:
        try:
            unpacked += zlib.decompress(stream)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b", unpacked))


def of_meeting(cast, app, make):
    with app.test_request_context():
        meeting = meetings_queries.get_any_meeting("OR1")
        data = make(meeting, attendance_queries.expected(meeting))
    session.remove()
    return data


def test_three_hundred_people_in_a_few_seconds(cast, karim):
    write(cast, 300)
    for address, least in ((SHEET, 15), (BADGES, 38)):
        began = process_time()
        answer = karim.get(address)
        assert process_time() - began < 8
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-1.")
        assert pages(answer.data) >= least
        assert b"StructTreeRoot" in answer.data  # tagged, for screen readers
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_part_for_each_workshop_and_for_those_without(cast, app, karim):
    first, second = cast.meeting.workshops
    write(cast, 3, workshop_id=first.id)
    write(cast, 2, first=3, workshop_id=second.id, association="جمعية النور")
    write(cast, 1, first=5)
    with app.app_context(), i18n.speaking("fr"):
        data = of_meeting(cast, app, printouts.sheet)
    assert [(section["title"], len(section["people"])) for section in data["sections"]] == [
        ("1. L'accès à l'information", 3),
        ("2. Le numérique", 2),
        (worded("Without a workshop", "fr"), 1),
    ]
    assert [person["about"] for person in data["sections"][1]["people"]] == ["جمعية النور"] * 2
    assert [person["number"] for person in data["sections"][0]["people"]] == ["1", "2", "3"]
    assert pages(karim.get(SHEET).data) == 3
    assert pages(karim.get(f"{SHEET}?workshop={second.id}").data) == 1
    assert "@example.org" not in str(data)


def test_numbers_keep_together(app):
    with app.app_context(), i18n.speaking("fr"):
        assert pdf.number(1204) == "1\u00a0204"


def test_a_badge_says_who_and_opens_nothing(cast, app):
    write(cast, 2, workshop_id=cast.meeting.workshops[0].id)
    people = registrations()
    with app.app_context(), i18n.speaking("ar"):
        data = of_meeting(cast, app, printouts.badges)
    assert [person["name"] for person in data["people"]] == ["P 0", "P 1"]
    assert data["people"][0]["workshop"] == "1. الحصول على المعلومات"
    shown = printouts._qr(f"OR1:{badge_code(people[0].receipt)}")
    assert data["people"][0]["code"] == shown
    assert people[0].receipt not in str(data)
    assert printouts._qr(f"http://x/registrations/{people[0].receipt}") not in str(data)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_long_and_mixed_names_stay_on_their_badge(cast, app, language):
    for number, name in enumerate(
        ("محمد " * 40, "Jean-Baptiste O’Connor المغربي", "x" * 200, "<b>#let</b> $x$")
    ):
        write(cast, 1, first=number, name=name.strip(), association="جمعية " * 30)
    with app.app_context(), i18n.speaking(language):
        data = of_meeting(cast, app, printouts.badges)
        assert len(pdf.drawn(printouts.BADGES, data)) == 1
        sheet = of_meeting(cast, app, printouts.sheet)
        assert len(pdf.drawn(printouts.SHEET, sheet)) == 3


def test_nobody_yet(cast, karim):
    assert pages(karim.get(SHEET).data) == 2
    assert pages(karim.get(BADGES).data) == 1


HOSTILE = (
    '#read("/page.typ")',
    "]#pagebreak()#pagebreak()[",
    "#panic()",
    "$x$ *b* _i_ @ref <label> \\ // /* `raw` ~ --- = title",
    "#import sys: *",
    '", name: "autre',
)


@pytest.mark.parametrize("address", [SHEET, BADGES])
def test_names_that_speak_to_the_typesetter_are_only_names(cast, karim, address):
    write(cast, len(HOSTILE))
    plain = pages(karim.get(address).data)
    for registration, name in zip(registrations(), HOSTILE, strict=True):
        session.get_one(type(registration), registration.id).name = name
    session.commit()
    session.remove()
    answer = karim.get(address)
    assert answer.status_code == 200
    assert pages(answer.data) == plain


# A name in letters of the world, and what is printed of it.
NAMES = {
    "سعاد 🌸 مثال": "سعاد \ufffd مثال",
    "李小龙": "\ufffd\ufffd\ufffd",
    "👨\u200d👩\u200d👧 famille": "\ufffd famille",
    "ⴰⵎⵉⵏⴰ ⵏ ⵜⵎⵓⵔⵜ": None,
    "Ɛmar Aɣilas Ḥmed Ṭariq Ẓohra": None,
    "Γιώργος": None,
    "Иван": None,
    "Nguyễn": None,
    "مُحَمَّد": None,
    "أݣادير": None,
    "نی\u200cما": None,
    "Amina\u200e Exemple": None,
}


def test_one_name_stops_nobody_from_being_printed(cast, karim):
    assert {name: pdf.printable(name) for name in NAMES} == {n: said or n for n, said in NAMES.items()}
    for number, name in enumerate(NAMES):
        write(cast, 1, first=number, name=name, association=name)
    for address in (SHEET, BADGES):
        answer = karim.get(address)
        assert answer.status_code == 200
        assert b"StructTreeRoot" in answer.data  # tagged: no letter is without a shape


def test_what_no_tagged_file_takes_is_printed_without_tags(cast, karim, monkeypatch):
    monkeypatch.setattr(pdf, "printable", lambda text: text)
    write(cast, 1, name="李小龙")
    assert karim.get(BADGES).data.startswith(b"%PDF-1.")


def test_a_long_name_on_a_page_of_the_other_direction_is_cut_at_its_own_end(cast, app):
    for number, name in enumerate(
        ("سعاد بنت أحمد", "(3) أمين", "Jean-Baptiste Alexandre de la Fontaine " * 4)
    ):
        write(cast, 1, first=number, name=name)
    with app.app_context(), i18n.speaking("ar"):
        data = of_meeting(cast, app, printouts.badges)
    assert {(person["name"][0], person["direction"]) for person in data["people"]} == {
        ("س", "rtl"),
        ("(", "rtl"),
        ("J", "ltr"),
    }
    assert [person["name"][-1] for person in data["people"] if person["direction"] == "ltr"] == ["…"]
