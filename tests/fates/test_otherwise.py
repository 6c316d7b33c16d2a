"""Where the secretariat decided otherwise than the institution answered, every table of fates says so."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import select

from cocreation.batches.models import FateDraft
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import Referral
from tests.cast import THEN, T
from tests.desk import BATCHES, batch_of, press, states, work
from tests.html import texts
from tests.study.institutions import answered, sent


def test_the_batch_its_sheet_the_list_and_the_table_say_it(cast, salma, client):
    for referral_id in sent(cast, 2):
        answered(cast, referral_id)
    of_ideas = list(session.scalars(select(Referral.idea_id).order_by(Referral.idea_id)))
    url = f"{BATCHES}/{batch_of(cast, of_ideas, why=T('لأن', 'Parce que'))}"
    other = session.get_one(FateDraft, of_ideas[1])
    other.fate, other.reason = Fate.NOT_INCLUDED, Reason.NOT_FEASIBLE
    session.commit()
    session.remove()
    for page in (url, f"{url}/sheet"):
        [marked] = texts(salma.get(page).text, "tbody tr:has(.otherwise) th")
        assert "2026-2" in marked
    press(salma, url, "/publish")
    with clock.frozen(THEN + timedelta(days=2)):  # the ministry has a day to object
        work(cast.app)
    assert states("2026-1", "2026-2") == ["published"] * 2
    table = json.loads(client.get("/en/fates.json").text)
    assert [(row["reference"], row["decided_otherwise"]) for row in table] == [
        ("2026-1", "no"),
        ("2026-2", "yes"),
    ]
    [meta] = [row for row in texts(client.get("/ar/fates").text, ".row") if "2026-2" in row]
    [plain] = [row for row in texts(client.get("/ar/fates").text, ".row") if "2026-1" in row]
    assert meta.count("·") > plain.count("·")
