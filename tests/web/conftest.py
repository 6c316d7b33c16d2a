"""Routes that do what no real page should, to see what surrounds every page."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask, abort, request

from cocreation.core.clock import now
from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind
from cocreation.core.outbox import post
from cocreation.directory.models import Institution
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.fields import TranslatedField
from cocreation.web.forms import Form, email, line, moment
from cocreation.web.language import PREFIX
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render
from tests.application import assemble

trial = Blueprint("trial", __name__, url_prefix=f"{PREFIX}/trial")


class TrialForm(Form):
    name = line("Name", limit=20)
    email = email("E-mail")
    title = TranslatedField("Title", required=False)
    at = moment("At", required=False)


@trial.route("/write/<int:status>", methods=["GET", "POST"])
@access(anyone)
def write(status: int):
    """Writes, whatever the method, then answers as told."""
    session.add(Institution(slug="written", name={"fr": "Écrite"}))
    session.flush()
    post(MailKind("trial"), to="someone@example.org", key="written", at=now().isoformat())
    return "written", status


@trial.route("/break", methods=["GET", "POST"])
@access(anyone)
def broken():
    session.add(Institution(slug="broken", name={}))
    session.flush()
    raise RuntimeError("on purpose, with someone@example.org in it" if request.args else "on purpose")


@trial.get("/status/<int:status>")
@access(anyone)
def status(status: int):
    abort(status)


@trial.get("/secrets/<secret>")
@access(by_secret)
@limit_reading("2 per minute")
def secret(secret: str):
    return "for its holder"


@trial.route("/often", methods=["GET", "POST"])
@access(anyone)
@limit("2 per minute")
def often():
    return "as you like"


@trial.get("/unsaid")
def unsaid():
    return "nobody said who may read this"


@trial.route("/form", methods=["GET", "POST"])
@access(anyone)
def form():
    form = TrialForm()
    if form.submitted():
        return form.data
    return render("error.html", title="", sentence="", status_code=200, form=form)


@pytest.fixture(scope="session")
def assembled_with_trial() -> Flask:
    app = assemble()
    app.config["WTF_CSRF_ENABLED"] = False  # test_csrf.py is about the token
    app.register_blueprint(trial)
    return app


@pytest.fixture
def trial_app(assembled_with_trial: Flask, app: Flask) -> Flask:
    """An application with these routes, where `app` runs."""
    assembled_with_trial.extensions.update(
        {name: app.extensions[name] for name in ("engine", "settings")},
    )
    return assembled_with_trial


@pytest.fixture
def trial_client(trial_app):
    return trial_app.test_client()


@pytest.fixture
def limited(database_url, tmp_path):
    """A browser at an application of its own that counts."""
    from cocreation.app import create_app
    from cocreation.core.database import session

    app: Flask = create_app(
        database_url=database_url,
        secret_key="for tests only",
        mail_url=f"file:{tmp_path / 'mail'}",
        rate_limits=True,
        testing=True,
    )
    app.config["WTF_CSRF_ENABLED"] = False
    app.register_blueprint(trial)
    yield app.test_client()
    session.remove()
    app.extensions["engine"].dispose()
