"""What the rooms give to the application is what `app.py` lists, whatever was imported before."""

from __future__ import annotations

from datetime import timedelta

from cocreation.accounts.scopes import Scope
from cocreation.core.chores import Chore
from cocreation.languages.i18n import lazy_gettext as _l


def test_the_worker_does_the_chores_of_its_application(app, monkeypatch):
    done = []
    chore = Chore("a chore of this test", timedelta(seconds=1), lambda now: done.append(now) or 1)
    monkeypatch.setitem(app.extensions, "chores", (chore,))
    said = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert said.exit_code == 0, said.output
    assert said.output == "1 done, 0 sent.\n"
    assert len(done) == 1


def test_roles_hold_for_the_scopes_of_their_application(app, monkeypatch):
    run = app.test_cli_runner().invoke
    seventh = Scope(_l("Meetings"), "M", lambda typed: 7, lambda ids: dict.fromkeys(ids, "M7"), list)
    monkeypatch.setitem(app.extensions, "scopes", {"meeting": seventh})
    invited = run(args=["user", "invite", "a@example.org", "--role", "coordinator", "--scope", "M7"])
    assert invited.exit_code == 0, invited.output
    assert "coordinator of M7" in run(args=["user", "list"]).output
