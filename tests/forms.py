"""Forms as a browser without JavaScript fills them in: the hidden fields go along, CSRF token included."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, stream_encode_multipart

from tests.html import parse

CHECKABLE = ("checkbox", "radio")


def fill(client: FlaskClient, url: str, **fields: Any) -> TestResponse:
    """Open the page at `url`, fill in the form that has `fields` and send it. None leaves a field out.

    Where the page asks whether to go on, it does. What the page had already filled in is kept. A field that
    no form of the page has is an error of the test, as is a page that does not open.
    """
    forms = post_forms(client, url)
    form = next((candidate for candidate in forms if set(fields) <= _names(candidate)), None)
    assert form is not None, (
        f"no form of {url} has {sorted(fields)}: {[sorted(_names(candidate)) for candidate in forms]}"
    )
    return say_yes(client, _action(url, form), _send(client, url, form, fields))


def press(client: FlaskClient, url: str, action: str) -> TestResponse:
    """Open the page at `url` and press the button of the form that posts to an address ending in `action`."""
    forms = post_forms(client, url)
    form = next((candidate for candidate in forms if candidate.get("action", url).endswith(action)), None)
    assert form is not None, (
        f"nothing on {url} posts to {action}: {[candidate.get('action') for candidate in forms]}"
    )
    return say_yes(client, _action(url, form), _send(client, url, form, {}))


def post_forms(client: FlaskClient, url: str) -> list[Element]:
    """The forms of a page that write."""
    page = client.get(url)
    assert page.status_code == 200, f"{url} answered {page.status_code}"
    tree = parse(page.text)
    return [form for form in tree.iter("form") if form.get("method", "").lower() == "post"]


def filled_in(page: TestResponse, name: str) -> MultiDict[str, Any]:
    """What a browser would send of the form of an answer that has a field of this name."""
    return _filled(next(form for form in parse(page.text).iter("form") if name in _names(form)))


def _send(client: FlaskClient, url: str, form: Element, fields: dict[str, Any]) -> TestResponse:
    data = _filled(form)
    for name, value in fields.items():
        data.poplist(name)
        if value is not None:
            data.setlist(name, list(value) if isinstance(value, list | tuple | set) else [value])
    return post(client, _action(url, form), data)


def _action(url: str, form: Element) -> str:
    """Where a form of the page at `url` posts to."""
    return urljoin(url, form.get("action") or url)


def say_yes(client: FlaskClient, url: str, answer: TestResponse) -> TestResponse:
    """What comes of an act on many things that is asked about first (web/confirmation.py) at `url`; any other
    answer as it is.
    """
    if answer.status_code != 200 or 'id="asked"' not in answer.text:
        return answer
    form = next(form for form in parse(answer.text).iter("form") if form.get("id") == "asked")
    yes = next(button.get("value") for button in form.iter("button") if button.get("name") == "confirmed")
    asked_at = answer.request.full_path  # the question is answered where it was asked, as in a browser
    return _send(client, asked_at if answer.request.method == "POST" else url, form, {"confirmed": yes})


def post(client: FlaskClient, url: str, data: MultiDict[str, Any]) -> TestResponse:
    """Send `data`; files are pairs of a stream and a name. The client would leave a temporary file of a large
    one.
    """
    if not any(isinstance(value, tuple) for _name, value in data.items(multi=True)):
        return client.post(url, data=data)
    parts = MultiDict(
        (name, FileStorage(*value) if isinstance(value, tuple) else value)
        for name, value in data.items(multi=True)
    )
    stream, length, boundary = stream_encode_multipart(parts, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return client.post(url, input_stream=stream, content_length=length, content_type=kind)


def _names(form: Element) -> set[str]:
    return {
        field.get("name", "") for tag in ("input", "textarea", "select", "button") for field in form.iter(tag)
    }


def _filled(form: Element) -> MultiDict[str, Any]:
    """What a browser would send if nothing were touched."""
    data: MultiDict[str, Any] = MultiDict()
    for field in form.iter():
        name = field.get("name")
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            data.add(name, (field.text or "").removeprefix("\n"))
        elif field.tag == "select":
            _add_chosen(data, name, field)
        elif field.get("type") in CHECKABLE:
            if field.get("checked") is not None:
                data.add(name, field.get("value", "on"))
        elif field.tag == "input" and field.get("type") != "file":
            data.add(name, field.get("value", ""))
    return data


def _add_chosen(data: MultiDict[str, Any], name: str, select: Element) -> None:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if not chosen and select.get("multiple") is None:
        chosen = options[:1]
    for option in chosen:
        data.add(name, option.get("value", option.text or ""))


def csrf_token(client: FlaskClient) -> str:
    """The token of this browser, so that what is refused is refused for who they are."""
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/en/sign-in/forgotten").text)[1]


def fill_later(client, url: str) -> dict[str, Any]:
    """The hidden fields of a form opened now and sent later."""
    page = client.get(url).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return {"csrf_token": token, "shown": re.findall(r'name="shown" value="([^"]+)"', page)}
