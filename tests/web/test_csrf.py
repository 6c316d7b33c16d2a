"""A form that comes from elsewhere is refused, and nothing typed is lost."""

import re

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.cycles.models import Theme
from tests.forms import fill

URL = "/ar/manage/cycles/2026/themes"


def themes():
    found = list(session.scalars(select(Theme.position)))
    session.remove()
    return found


@pytest.mark.parametrize("token", [{}, {"csrf_token": "made up"}])
@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_without_the_token_what_was_typed_is_shown_back(cast, token, lang, direction):
    salma = cast.visitor(cast.salma)
    answer = salma.post(URL.replace("ar", lang, 1), data={"name-fr": "À <ne> pas perdre", **token})
    assert answer.status_code == 403
    assert f'<html lang="{lang}" dir="{direction}">' in answer.text
    assert re.search(r"<textarea[^>]*readonly[^>]*>À &lt;ne&gt; pas perdre</textarea>", answer.text)
    assert f'href="{URL.replace("ar", lang, 1)}"' in answer.text  # the form, to open it again
    assert themes() == [1, 2]


def test_passwords_and_codes_are_never_shown_back(client):
    typed = {"email": "salma@example.org", "password": "hunter22", "code": "123456", "new_password": "s3same"}
    page = client.post("/fr/sign-in", data=typed).text
    assert "salma@example.org" in page
    assert not any(secret in page for secret in ("hunter22", "123456", "s3same"))


def test_a_token_of_somebody_else_is_refused(cast):
    salma, amal = cast.visitor(cast.salma), cast.visitor(cast.amal)
    token = re.search(r'name="csrf_token" value="([^"]+)"', amal.get(URL).text)[1]
    assert salma.post(URL, data={"name-fr": "x", "csrf_token": token}).status_code == 403
    assert themes() == [1, 2]


def test_with_its_token_it_passes(cast):
    assert fill(cast.visitor(cast.salma), URL, **{"name-fr": "Neuf"}).status_code == 302
    assert themes() == [1, 2, 3]
