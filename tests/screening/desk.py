"""The screening room in tests: reading one idea, refusing many."""

from sqlalchemy import select

from cocreation.core.database import session
from cocreation.screening.models import Reading
from tests.desk import SCREENING
from tests.forms import fill, say_yes

YES = {"clarity": "2", "precision": "2", "openness": "2"}
VAGUE = {**YES, "precision": "0", "precision_note": "أين؟", "reason_text-ar": "الفكرة عامة"}


def read(client, reference="2026-1", **found):
    """Read one idea, found vague unless told otherwise; the answer."""
    return fill(client, f"{SCREENING}/{reference}", **(found or VAGUE))


def refuse(client, ids, page=None, **given):
    """Not accept the ticked ideas; the answer. `page` is the one they were ticked on."""
    page = page or client.get(SCREENING).text
    said = {"act": "refuse", "reason": "not_openness", "reason_text-ar": "لا علاقة لها بالانفتاح", **given}
    answer = client.post(SCREENING, data={"chosen": ids, **said, "csrf_token": token_of(page)})
    return say_yes(client, SCREENING, answer)


def page_of(client, reference="2026-1", query=""):
    """The page on which this idea is read."""
    answer = client.get(f"{SCREENING}/{reference}{query}")
    assert answer.status_code == 200
    return answer.text


def token_of(page):
    """The token in the forms of a page."""
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def readings():
    """Every reading as it stands now, kept apart from the session of the requests to come."""
    session.remove()
    found = session.scalars(select(Reading).order_by(Reading.id)).all()
    session.remove()
    return found
