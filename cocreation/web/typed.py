"""What was typed into a form that could not be taken, to be shown back so that it can be copied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from flask import current_app, request
from wtforms import BooleanField, FileField, HiddenField, PasswordField, RadioField, SelectField
from wtforms.fields.core import UnboundField

from cocreation.web.forms import Form

# Never shown back: passwords and codes, and what nobody typed.
HIDDEN_FIELDS = ("csrf_token", "password", "new_password", "code", "once", "number_of_form", "altcha", "act")
NOT_TYPED = (BooleanField, FileField, HiddenField, PasswordField, RadioField, SelectField)
_LANGUAGE = re.compile(r"-[a-z]{2,3}$")  # a text in several languages has an input for each

Fields = Mapping[str, UnboundField]  # fields of a form, not bound to a request, by name


def typed() -> list[tuple[object, str]]:
    """(label, words) of what was typed; the label is None where no form of ours has such a field."""
    sent = [(name, value) for name, value in request.form.items() if name not in HIDDEN_FIELDS]
    names = {name for name, _value in sent}
    fields = _fields_of(names | {_LANGUAGE.sub("", name) for name in names})
    shown = []
    for name, value in sent:
        field = fields.get(name) or fields.get(_LANGUAGE.sub("", name))
        if value.strip() and (field is None or not issubclass(field.field_class, NOT_TYPED)):
            shown.append((_label(field), value))
    return shown


def form_address() -> str | None:
    """The address of the form that was sent, None where it has no page of its own."""
    is_page = request.url_rule and "GET" in (request.url_rule.methods or ())
    return request.full_path.rstrip("?") if is_page else None


def page_above() -> str | None:
    """The address of the page whose button or form this was: of a receipt, when it could not be cancelled."""
    above = request.path.rpartition("/")[0]
    adapter = current_app.create_url_adapter(request)
    return above if adapter and above.count("/") > 1 and adapter.test(above, "GET") else None


def _fields_of(names: set[str]) -> Fields:
    """The fields of the form that has most of these names, and of those the one with the fewest others."""
    best: Fields = {}
    for fields in _fields_of_all_forms():
        if (len(names & fields.keys()), -len(fields)) > (len(names & best.keys()), -len(best)):
            best = fields
    return best


@cache
def _fields_of_all_forms() -> list[Fields]:
    return [
        {name: field for name in dir(form) if hasattr(field := getattr(form, name), "_formfield")}
        for form in _forms(Form)
    ]


def _forms(form: type[Form]) -> Iterator[type[Form]]:
    for subclass in form.__subclasses__():
        yield subclass
        yield from _forms(subclass)


def _label(field: UnboundField | None) -> object:
    return None if field is None else (field.kwargs.get("label") or next(iter(field.args), None))
