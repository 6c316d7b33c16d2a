"""The photos of a meeting: added with words and consent, stripped, put in order, shown, removed."""

from __future__ import annotations

import io
import re
import struct
import zlib
from random import Random

import pytest
from PIL import Image
from sqlalchemy import select

from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.files.content import MOST_BYTES, Damaged, Empty, TooLarge, TooManyPixels
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.models.photos import Photo
from cocreation.meetings.refusals import (
    AlreadyThere,
    CalledOff,
    NoConsent,
    NotDescribed,
    NotOfTheDay,
    TooManyPhotos,
)
from cocreation.meetings.services import photos as services
from tests.cast import THEN, T
from tests.forms import fill, press
from tests.html import parse, texts
from tests.meeting_day import change, later
from tests.words import refuses, says

DESK, PAGE = "/en/manage/meetings/OR1/photos", "/en/meetings/OR1/photos"
AFTER = {"days": 21}
WORDS = {
    "alt-ar": "قاعة وفيها عشرون شخصا",
    "alt-fr": "Une salle, vingt personnes",
    "consent": "À l’inscription",
}


@pytest.fixture
def karim(cast):
    """The coordinator, on the day after the meeting."""
    with later(**AFTER):
        yield cast.visitor(cast.karim)


def jpeg(size=(1800, 1200), colour="teal", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", **options)
    return out.getvalue()


def with_place() -> bytes:
    """A photo as a telephone takes it: upright by its EXIF, with place, device and words in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = 6, "Nadia's phone", "rue des Lilas"
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 41.0, 12.3), 3: "W", 4: (1.0, 54.0, 45.6)})
    return jpeg(exif=exif, comment=b"comment of the camera")


def noise(size: tuple[int, int], form: str = "JPEG") -> bytes:
    """The photo that compresses worst."""
    out = io.BytesIO()
    Image.frombytes("RGB", size, Random(1).randbytes(size[0] * size[1] * 3)).save(out, form)
    return out.getvalue()


def bomb() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def add(client, content: bytes | None = None, name: str = "salle.jpg", **given: object):
    content = jpeg() if content is None else content
    return fill(client, f"{DESK}/new", file=[(io.BytesIO(content), name)], **{**WORDS, **given})


def photos() -> list[Photo]:
    """The photos as they are in the database now, in their order, with their bytes."""
    session.remove()
    rows = list(session.scalars(select(Photo).order_by(Photo.position)))
    session.expunge_all()
    session.remove()
    return rows


def alts() -> list[str]:
    return [photo.alt["fr"] for photo in photos()]


def images(page: str) -> list[dict[str, str]]:
    """The attributes of the photos on a page."""
    tree = parse(page)
    return [dict(image.attrib) for image in tree.iter("img") if "/photos/" in image.get("src", "")]


def sizes(client) -> list[str]:
    """The addresses of the photos of the gallery, small and large."""
    found = images(client.get(PAGE).text)
    return [image["src"] for image in found] + [image["srcset"].split(", ")[1].split()[0] for image in found]


def write(cast, count: int, words: str = "صورة") -> None:
    """Photos straight into the database."""
    for n in range(count):
        row = Photo(
            meeting_id=cast.meeting.id,
            position=n + 1,
            name="p.jpg",
            kind="image/webp",
            size=n,
            width=3,
            height=2,
            content=b"",
            small=b"",
            alt=T(words, f"Photo {n}"),
            consent="Oui",
            added_at=THEN,
        )
        session.add(row)
    session.commit()
    session.remove()


# Adding


def test_a_photo_is_added_described_and_shown(karim, client):
    assert add(karim).location.endswith(f"/photos#photo-{photos()[0].id}")
    page = client.get("/ar/meetings/OR1").text
    [shown] = images(page)
    assert shown["alt"] == WORDS["alt-ar"]
    assert (shown["width"], shown["height"], shown["loading"]) == ("1600", "1067", "lazy")
    assert f"/ar/meetings/OR1/photos#photo-{photos()[0].id}" in page
    gallery = client.get("/fr/meetings/OR1/photos").text
    assert f"<figcaption>{WORDS['alt-fr']}</figcaption>" in gallery
    assert WORDS["consent"] in karim.get(DESK).text
    assert WORDS["consent"] not in page + gallery
    with later(**AFTER):
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "photo added")).one()
        assert (entry.subject, entry.details) == ("OR1", {"id": photos()[0].id})


def test_one_more_can_follow(karim):
    assert add(karim, act="more").location.endswith("/photos/new")
    assert add(karim, jpeg(colour="red"), act="more").location.endswith("/photos/new")
    assert [photo.position for photo in photos()] == [1, 2]


def test_nothing_of_the_camera_is_left_in_either_size(karim, client):
    content = with_place()
    with Image.open(io.BytesIO(content)) as taken:
        assert taken.getexif().get_ifd(0x8825)[2] == (34.0, 41.0, 12.3)
    assert add(karim, content).status_code == 302
    for address, size in zip(sizes(client), ((427, 640), (1067, 1600)), strict=True):
        answer = client.get(address)
        assert answer.status_code == 200
        for secret in (b"Nadia", b"Lilas", b"camera", b"Exif", b"EXIF", b"XMP"):
            assert secret not in answer.data
        with Image.open(io.BytesIO(answer.data)) as image:
            assert (image.format, image.size) == ("WEBP", size)
            assert not image.getexif()
            assert not image.info.keys() & {"exif", "icc_profile", "xmp", "comment"}


@pytest.mark.parametrize("size", [(1000, 1000), (300, 4000)])
def test_the_small_one_is_small_whatever_is_on_it(karim, client, size):
    assert add(karim, noise(size)).status_code == 302
    small, large = (client.get(address) for address in sizes(client))
    assert len(small.data) <= 50_000
    assert len(large.data) <= 400_000
    with Image.open(io.BytesIO(small.data)) as image:
        assert max(image.size) <= 640


def test_browsers_are_told_how_wide_each_is(karim, client):
    for colour, size in (("red", (2000, 3000)), ("teal", (300, 1000)), ("gold", (400, 200))):
        add(karim, jpeg(size, colour))
    for photo in images(client.get(PAGE).text):
        for address, width in (source.split() for source in photo["srcset"].split(", ")):
            with Image.open(io.BytesIO(client.get(address).data)) as image:
                assert f"{image.width}w" == width


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "1", "I;16", "L"])
def test_pngs_of_every_kind_are_photos(karim, client, mode):
    out = io.BytesIO()
    Image.new(mode, (900, 700)).save(out, "PNG")
    assert add(karim, out.getvalue(), "dessin.png").status_code == 302
    assert [client.get(address).status_code for address in sizes(client)] == [200, 200]


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"%PDF-1.4\n%%EOF\n", "plan.pdf", services.NotAPhoto),
        (b"<script>alert(1)</script>", "page.jpg", services.NotAPhoto),
        (b"PK\x03\x04word/document.xml", "photos.docx", services.NotAPhoto),
        (jpeg()[:2000], "photo.jpg", Damaged),
        (bomb(), "photo.png", TooManyPixels),
        (jpeg() + b" " * MOST_BYTES, "photo.jpg", TooLarge),
        (b"", "photo.jpg", Empty),
    ],
)
def test_what_is_not_a_photo_is_refused_and_the_words_are_kept(karim, content, name, refusal):
    answer = add(karim, content, name)
    assert answer.status_code == 422
    assert says(answer, refusal, name=name)
    for typed in WORDS.values():
        assert typed in answer.text
    assert says(answer, "If you had chosen a photo, choose it once more: a browser does not keep it.")
    assert not photos()


@pytest.mark.parametrize(
    ("without", "because"),
    [
        ({"alt-ar": ""}, NotDescribed),
        ({"alt-ar": " ", "alt-fr": ""}, {"alt"}),
        ({"consent": " "}, {"consent"}),
        ({"file": None}, {"file"}),
        ({"file": "a.jpg"}, {"file"}),
        ({"alt-ar": "ق" * 201}, {"alt"}),
    ],
)
def test_words_and_consent_are_needed(karim, without, because):
    answer = fill(karim, f"{DESK}/new", **{"file": [(io.BytesIO(jpeg()), "a.jpg")], **WORDS, **without})
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert not photos()


def test_the_service_asks_for_them_too(cast):
    with pytest.raises(NoConsent):
        services.PhotoDetails(T("قاعة", "Salle"), "").check()


def test_the_same_photo_twice_is_one(karim):
    add(karim)
    answer = add(karim, name="autre.jpg")
    assert answer.status_code == 409
    assert says(answer, AlreadyThere, name="autre.jpg")
    assert len(photos()) == 1


def test_there_is_a_most(karim, cast):
    write(cast, services.MOST_PHOTOS - 1)
    assert says(karim.get(DESK), "%(count)s of %(most)s photos.", count=59, most=60)
    assert add(karim).status_code == 302
    assert "/photos/new" not in karim.get(DESK).text
    answer = add(karim, jpeg(colour="red"))
    assert answer.status_code == 409
    assert says(answer, TooManyPhotos, most=60)
    assert len(photos()) == services.MOST_PHOTOS


def test_photos_are_of_the_day(cast):
    karim = cast.visitor(cast.karim)
    assert "/photos/new" not in karim.get(DESK).text
    answer = add(karim)
    assert answer.status_code == 409
    assert says(answer, NotOfTheDay)
    assert "30 March 2026" in answer.text
    with later(days=20):
        karim = cast.visitor(cast.karim)
        assert add(karim).status_code == 302
        change(cast, cancelled_at=THEN)
        assert says(add(karim, jpeg(colour="red")), CalledOff)
    assert len(photos()) == 1


# Changing


def test_words_are_changed(karim, client):
    add(karim)
    url = f"{DESK}/{photos()[0].id}"
    assert fill(karim, url, **{"alt-ar": ""}).status_code == 422
    assert fill(karim, url, **{"alt-fr": "Autre", "consent": "Par écrit"}).status_code == 302
    assert (photos()[0].alt["fr"], photos()[0].alt["ar"], photos()[0].consent) == (
        "Autre",
        WORDS["alt-ar"],
        "Par écrit",
    )
    assert 'alt="Autre"' in client.get("/fr/meetings/OR1").text


def test_they_are_put_in_order(karim, cast):
    write(cast, 3)
    first, _, last = (photo.id for photo in photos())

    def move(photo: int, places: str) -> None:
        token = re.search(r'name="csrf_token" value="([^"]+)"', karim.get(DESK).text)[1]
        answer = karim.post(f"{DESK}/{photo}/move", data={"csrf_token": token, "places": places})
        assert answer.location.endswith(f"#photo-{photo}")

    move(last, "-1")
    assert alts() == ["Photo 0", "Photo 2", "Photo 1"]
    move(first, "1")
    assert alts() == ["Photo 2", "Photo 0", "Photo 1"]
    move(last, "-1")  # it is the first already
    assert alts() == ["Photo 2", "Photo 0", "Photo 1"]


def test_a_removed_photo_is_gone_with_its_bytes(karim, client):
    add(karim)
    add(karim, jpeg(colour="red"))
    gone, kept = photos()
    addresses = sizes(client)
    assert press(karim, DESK, f"/{gone.id}/remove").status_code == 302
    assert [(photo.id, photo.position) for photo in photos()] == [(kept.id, 1)]
    assert [client.get(address).status_code for address in addresses] == [404, 200, 404, 200]
    press(karim, DESK, f"/{kept.id}/remove")
    assert texts(client.get(PAGE).text, ".empty")
    assert not images(client.get("/en/meetings/OR1").text)
    with later(**AFTER, minutes=1):
        add(karim, jpeg(colour="blue"))  # its number may be that of the first, its address is not
    assert not set(addresses) & set(sizes(client))


# Showing


def test_browsers_may_keep_what_they_have(karim, client):
    add(karim)
    for address in sizes(client):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "public" in answer.headers["Cache-Control"]
        assert "max-age=604800" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    other = re.sub(r"-[0-9a-f]{8}-", "-00000000-", address)
    assert other != address
    assert client.get(other).status_code == 404


def test_nothing_is_shown_of_a_meeting_that_is_not_announced(karim, client, cast):
    add(karim)
    addresses = [PAGE, *sizes(client)]
    change(cast, announced_at=None)
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    [own] = images(karim.get(DESK).text)
    assert karim.get(own["src"]).status_code == 200
    assert karim.get(own["src"]).headers["Cache-Control"] == "no-store"
    assert client.get(own["src"]).status_code == 302  # to sign in
    assert cast.visitor(cast.farid).get(own["src"]).status_code == 403


def test_a_photo_is_not_reached_by_way_of_another_meeting(karim, client, cast):
    add(karim)
    [small, _] = sizes(client)
    values = {c.name: getattr(cast.meeting, c.name) for c in Meeting.__table__.columns}
    session.add(Meeting(**{**values, "id": None, "reference": "FM1"}))
    session.commit()
    session.remove()
    assert client.get(small.replace("OR1", "FM1")).status_code == 404
    assert karim.get(f"/en/manage/meetings/FM1/photos/{photos()[0].id}").status_code == 404
    salma = cast.visitor(cast.salma)
    assert salma.get(f"/en/manage/meetings/FM1/photos/{photos()[0].id}").status_code == 404
    assert salma.get(DESK).status_code == 200


def test_a_full_gallery_comes_in_pages(client, cast):
    write(cast, services.MOST_PHOTOS, words="ق" * 200)
    url, seen = PAGE.replace("/en/", "/ar/"), []
    while url:
        page = client.get(url)
        assert len(page.data) < 15 * 1024
        seen += re.findall(r'<figure id="photo-(\d+)"', page.text)
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        url = following and following[1].replace("&amp;", "&")
    assert seen == [str(photo.id) for photo in photos()]


def test_pages_cost_the_same_for_many(karim, client, cast, statements):
    write(cast, 1)
    counts = []
    for more in (0, 30):
        if more:
            session.query(Photo).delete()
            session.commit()
            write(cast, more)
        counts.append([])
        for visitor, url in ((client, "/ar/meetings/OR1"), (client, PAGE), (karim, DESK)):
            with statements() as asked:
                answer = visitor.get(url)
            assert answer.status_code == 200
            counts[-1].append(len(asked))
            if visitor is client:
                assert len(asked) <= 6
    assert counts[0] == counts[1]
    assert len(images(client.get("/ar/meetings/OR1").text)) == 4
