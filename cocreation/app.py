"""create_app(): the one place where the rooms are put together."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import click
from flask import Flask, Response
from flask.cli import AppGroup
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

import cocreation.accounts.blueprint
import cocreation.accounts.cli
import cocreation.accounts.emails
import cocreation.accounts.handovers
import cocreation.accounts.personal_data
import cocreation.accounts.sessions
import cocreation.accounts.tries
import cocreation.adoption.blueprint
import cocreation.adoption.chores
import cocreation.adoption.emails
import cocreation.adoption.events
import cocreation.adoption.handovers
import cocreation.answers.blueprint
import cocreation.answers.handovers
import cocreation.answers.personal_data
import cocreation.answers.services
import cocreation.appeals.blueprint
import cocreation.appeals.emails
import cocreation.appeals.handovers
import cocreation.attendance.blueprint
import cocreation.backing.blueprint
import cocreation.backing.chores
import cocreation.backing.emails
import cocreation.backing.personal_data
import cocreation.backing.views
import cocreation.batches.blueprint
import cocreation.batches.emails
import cocreation.batches.events
import cocreation.batches.handlers
import cocreation.batches.handovers
import cocreation.batches.services.publication
import cocreation.board.blueprint
import cocreation.bundle_sheets.blueprint
import cocreation.bursts.blueprint
import cocreation.bursts.emails
import cocreation.bursts.handovers
import cocreation.bursts.services
import cocreation.comment_answers.blueprint
import cocreation.comment_answers.chores
import cocreation.comment_answers.emails
import cocreation.comment_answers.handovers
import cocreation.comment_answers.personal_data
import cocreation.comments.blueprint
import cocreation.comments.chores
import cocreation.comments.emails
import cocreation.comments.handovers
import cocreation.comments.personal_data
import cocreation.consultations.blueprint
import cocreation.consultations.chores
import cocreation.consultations.emails
import cocreation.consultations.handovers
import cocreation.consultations.personal_data
import cocreation.coordination.blueprint
import cocreation.coordination.emails
import cocreation.coordination.handovers
import cocreation.coordination.personal_data
import cocreation.core.repeats
import cocreation.cycles.blueprint
import cocreation.delegations.blueprint
import cocreation.delegations.emails
import cocreation.delegations.handlers
import cocreation.delegations.personal_data
import cocreation.demonstration.cli
import cocreation.directory.blueprint
import cocreation.directory.emails
import cocreation.directory.handovers
import cocreation.directory.personal_data
import cocreation.dispositions.blueprint
import cocreation.documents.blueprint
import cocreation.draft_commitments.blueprint
import cocreation.draft_commitments.chores
import cocreation.draft_commitments.emails
import cocreation.draft_commitments.handovers
import cocreation.draft_commitments.personal_data
import cocreation.fates.blueprint
import cocreation.ideas.blueprint
import cocreation.ideas.chores
import cocreation.ideas.emails
import cocreation.ideas.personal_data
import cocreation.ideas.services.tallies
import cocreation.imports.personal_data
import cocreation.imports.services
import cocreation.invitations.blueprint
import cocreation.invitations.emails
import cocreation.invitations.handlers
import cocreation.invitations.handovers
import cocreation.invitations.personal_data
import cocreation.ledger.blueprint
import cocreation.ledger.chores
import cocreation.ledger.cli
import cocreation.meetings.blueprint
import cocreation.meetings.personal_data
import cocreation.merges.blueprint
import cocreation.merges.emails
import cocreation.merges.events
import cocreation.moderation.blueprint
import cocreation.moderation.emails
import cocreation.moderation.handovers
import cocreation.moderation.personal_data
import cocreation.notes.blueprint
import cocreation.notes.handovers
import cocreation.notes.personal_data
import cocreation.objections.blueprint
import cocreation.objections.emails
import cocreation.objections.handovers
import cocreation.objections.services
import cocreation.outreach.blueprint
import cocreation.outreach.emails
import cocreation.outreach.services
import cocreation.participants.blueprint
import cocreation.participants.cli
import cocreation.past_progress.cli
import cocreation.places.emails
import cocreation.places.handlers
import cocreation.places.handovers
import cocreation.plan.blueprint
import cocreation.plan.cli
import cocreation.plan_progress.blueprint
import cocreation.portal.blueprint
import cocreation.portal.mails.handovers
import cocreation.portal.receipt.personal_data
import cocreation.portal.scopes
import cocreation.preparation.blueprint
import cocreation.preparation.handlers
import cocreation.preparation.handovers
import cocreation.privacy.blueprint
import cocreation.privacy.cli
import cocreation.privacy.emails
import cocreation.privacy.mails
import cocreation.privacy.views
import cocreation.questions.blueprint
import cocreation.questions.handovers
import cocreation.registration.blueprint
import cocreation.registration.chores
import cocreation.registration.personal_data
import cocreation.registration.services.answers
import cocreation.registration.services.confirmation
import cocreation.removals.blueprint
import cocreation.screening.blueprint
import cocreation.screening.handovers
import cocreation.self_assessment.blueprint
import cocreation.self_assessment.handovers
import cocreation.statistics.blueprint
import cocreation.study.blueprint
import cocreation.study.emails
import cocreation.study.events
import cocreation.study.handovers
import cocreation.study.services.reminders
import cocreation.submission.blueprint
import cocreation.submission.emails
import cocreation.submission.personal_data
import cocreation.submission.services.attachments
import cocreation.submission.services.drafts
import cocreation.tables
import cocreation.tracking.chores
import cocreation.tracking.handlers
import cocreation.travel_support.blueprint
import cocreation.travel_support.emails
import cocreation.travel_support.handlers
import cocreation.travel_support.handovers
import cocreation.travel_support.services.requests
import cocreation.upkeep.blueprint
import cocreation.upkeep.cli
import cocreation.workplace.blueprint
import cocreation.workplace.digest
import cocreation.workplace.emails
import cocreation.workplace.menu
import cocreation.workshops.blueprint
import cocreation.workshops.cli
import cocreation.workshops.handovers
from cocreation import cli, worker
from cocreation.accounts.handover_kinds import NextActor, WaitingKind
from cocreation.core import database, events, installation
from cocreation.core.chores import Chore
from cocreation.core.mail_kinds import MailKind
from cocreation.core.settings import ROOT, Settings
from cocreation.web import (
    access,
    addresses,
    edits,
    errors,
    headers,
    health,
    identity,
    language,
    limits,
    logs,
    proof,
    readiness,
    rendering,
    repeats,
    robots,
    transaction,
    uploads,
)

# Each room's pages; all its addresses stand in its `blueprint.py`.
BLUEPRINTS = (
    *cocreation.workplace.blueprint.BLUEPRINTS,
    *cocreation.portal.blueprint.BLUEPRINTS,
    *cocreation.removals.blueprint.BLUEPRINTS,
    *cocreation.privacy.blueprint.BLUEPRINTS,
    *cocreation.upkeep.blueprint.BLUEPRINTS,
    *cocreation.self_assessment.blueprint.BLUEPRINTS,
    *cocreation.plan_progress.blueprint.BLUEPRINTS,
    *cocreation.adoption.blueprint.BLUEPRINTS,
    *cocreation.draft_commitments.blueprint.BLUEPRINTS,
    *cocreation.dispositions.blueprint.BLUEPRINTS,
    *cocreation.comment_answers.blueprint.BLUEPRINTS,
    *cocreation.comments.blueprint.BLUEPRINTS,
    *cocreation.consultations.blueprint.BLUEPRINTS,
    *cocreation.moderation.blueprint.BLUEPRINTS,
    *cocreation.coordination.blueprint.BLUEPRINTS,
    *cocreation.objections.blueprint.BLUEPRINTS,
    *cocreation.questions.blueprint.BLUEPRINTS,
    *cocreation.notes.blueprint.BLUEPRINTS,
    *cocreation.appeals.blueprint.BLUEPRINTS,
    *cocreation.board.blueprint.BLUEPRINTS,
    *cocreation.fates.blueprint.BLUEPRINTS,
    *cocreation.batches.blueprint.BLUEPRINTS,
    *cocreation.answers.blueprint.BLUEPRINTS,
    *cocreation.study.blueprint.BLUEPRINTS,
    *cocreation.bundle_sheets.blueprint.BLUEPRINTS,
    *cocreation.merges.blueprint.BLUEPRINTS,
    *cocreation.screening.blueprint.BLUEPRINTS,
    *cocreation.backing.blueprint.BLUEPRINTS,
    *cocreation.submission.blueprint.BLUEPRINTS,
    *cocreation.ideas.blueprint.BLUEPRINTS,
    *cocreation.workshops.blueprint.BLUEPRINTS,
    *cocreation.statistics.blueprint.BLUEPRINTS,
    *cocreation.outreach.blueprint.BLUEPRINTS,
    *cocreation.attendance.blueprint.BLUEPRINTS,
    *cocreation.invitations.blueprint.BLUEPRINTS,
    *cocreation.travel_support.blueprint.BLUEPRINTS,
    *cocreation.preparation.blueprint.BLUEPRINTS,
    *cocreation.delegations.blueprint.BLUEPRINTS,
    *cocreation.bursts.blueprint.BLUEPRINTS,
    *cocreation.participants.blueprint.BLUEPRINTS,
    *cocreation.registration.blueprint.BLUEPRINTS,
    *cocreation.meetings.blueprint.BLUEPRINTS,
    *cocreation.plan.blueprint.BLUEPRINTS,
    *cocreation.documents.blueprint.BLUEPRINTS,
    *cocreation.cycles.blueprint.BLUEPRINTS,
    *cocreation.accounts.blueprint.BLUEPRINTS,
    *cocreation.directory.blueprint.BLUEPRINTS,
    *cocreation.ledger.blueprint.BLUEPRINTS,
)

# Every mail that leaves; those of a meeting in the order in which somebody may meet them.
MAILS: tuple[MailKind, ...] = (
    *cocreation.accounts.emails.MAILS,
    *cocreation.directory.emails.MAILS,
    *cocreation.places.emails.MAILS,
    *cocreation.delegations.emails.MAILS,
    *cocreation.travel_support.emails.MAILS,
    *cocreation.bursts.emails.MAILS,
    *cocreation.places.emails.MAILS_OF_CHANGE,
    *cocreation.outreach.emails.MAILS,
    *cocreation.invitations.emails.MAILS,
    *cocreation.ideas.emails.MAILS,
    *cocreation.submission.emails.MAILS,
    *cocreation.backing.emails.MAILS,
    *cocreation.screening.emails.MAILS,
    *cocreation.merges.emails.MAILS,
    *cocreation.study.emails.MAILS,
    *cocreation.batches.emails.MAILS,
    *cocreation.appeals.emails.MAILS,
    *cocreation.objections.emails.MAILS,
    *cocreation.moderation.emails.MAILS,
    *cocreation.coordination.emails.MAILS,
    *cocreation.consultations.emails.MAILS,
    *cocreation.comments.emails.MAILS,
    *cocreation.comment_answers.emails.MAILS,
    *cocreation.draft_commitments.emails.MAILS,
    *cocreation.adoption.emails.MAILS,
    *cocreation.privacy.emails.MAILS,
    *cocreation.workplace.emails.MAILS,
)

# Who hears what happens in the rooms below (`core.events`): a fact, and the function that hears it, in the
# order in which they hear it.
HANDLERS: tuple[events.Handler, ...] = (
    (cocreation.screening.events.IdeaToReopen, cocreation.batches.handlers.check_reopening),
    (cocreation.study.events.IdeasToRefer, cocreation.batches.handlers.check_referral),
    (cocreation.study.events.AnswersGiven, cocreation.batches.handlers.follow_answers),
    (cocreation.merges.events.IdeasToLink, cocreation.batches.handlers.check_link),
    (cocreation.batches.events.FatesToPublish, cocreation.objections.services.put_off),
    (cocreation.adoption.events.PlanAdopted, cocreation.tracking.handlers.follow_adoption),
    *cocreation.preparation.handlers.HANDLERS,
    *cocreation.places.handlers.TELLING,
    *cocreation.invitations.handlers.HANDLERS,
    *cocreation.places.handlers.GIVING,
    *cocreation.travel_support.handlers.HANDLERS,
    *cocreation.delegations.handlers.HANDLERS,
)

# What is kept of people, and how each room finds, exports and erases it (`core.personal_data`).
KEEPERS = (
    *cocreation.ideas.personal_data.KEEPERS,
    *cocreation.backing.personal_data.KEEPERS,
    *cocreation.submission.personal_data.KEEPERS,
    *cocreation.moderation.personal_data.KEEPERS,
    *cocreation.draft_commitments.personal_data.KEEPERS,
    *cocreation.comment_answers.personal_data.KEEPERS,
    *cocreation.comments.personal_data.KEEPERS,
    *cocreation.consultations.personal_data.KEEPERS,
    *cocreation.portal.receipt.personal_data.KEEPERS,
    *cocreation.delegations.personal_data.KEEPERS,
    *cocreation.invitations.personal_data.KEEPERS,
    *cocreation.meetings.personal_data.KEEPERS,
    *cocreation.directory.personal_data.KEEPERS,
    *cocreation.coordination.personal_data.KEEPERS,
    *cocreation.answers.personal_data.KEEPERS,
    *cocreation.notes.personal_data.KEEPERS,
    *cocreation.accounts.personal_data.KEEPERS,
    *cocreation.imports.personal_data.KEEPERS,
    *cocreation.privacy.mails.KEEPERS,
)


# Whatever can wait for somebody of the staff (`accounts.handover_kinds`): read by their desk and by the mail
# of the day. Where two kinds are as late and as old, the one named first stands first.
WAITING: tuple[WaitingKind, ...] = (
    *cocreation.study.handovers.WAITING,
    *cocreation.answers.handovers.WAITING,
    *cocreation.objections.handovers.WAITING,
    *cocreation.questions.handovers.WAITING,
    *cocreation.notes.handovers.WAITING,
    *cocreation.batches.handovers.WAITING,
    *cocreation.appeals.handovers.WAITING,
    *cocreation.screening.handovers.WAITING,
    *cocreation.moderation.handovers.WAITING,
    *cocreation.coordination.handovers.WAITING,
    *cocreation.self_assessment.handovers.WAITING,
    *cocreation.adoption.handovers.WAITING,
    *cocreation.draft_commitments.handovers.WAITING,
    *cocreation.comment_answers.handovers.WAITING,
    *cocreation.comments.handovers.WAITING,
    *cocreation.consultations.handovers.WAITING,
    *cocreation.preparation.handovers.WAITING,
    *cocreation.bursts.handovers.WAITING,
    *cocreation.invitations.handovers.WAITING,
    *cocreation.travel_support.handovers.WAITING,
    *cocreation.workshops.handovers.WAITING,
    *cocreation.directory.handovers.WAITING,
    *cocreation.portal.mails.handovers.WAITING,
    *cocreation.accounts.handovers.WAITING,
)

# Whose turn it is in each state of each room.
STATES: tuple[NextActor, ...] = (
    *cocreation.screening.handovers.STATES,
    *cocreation.study.handovers.STATES,
    *cocreation.objections.handovers.STATES,
    *cocreation.questions.handovers.STATES,
    *cocreation.batches.handovers.STATES,
    *cocreation.appeals.handovers.STATES,
    *cocreation.coordination.handovers.STATES,
    *cocreation.self_assessment.handovers.STATES,
    *cocreation.adoption.handovers.STATES,
    *cocreation.draft_commitments.handovers.STATES,
    *cocreation.comment_answers.handovers.STATES,
    *cocreation.comments.handovers.STATES,
    *cocreation.consultations.handovers.STATES,
    *cocreation.preparation.handovers.STATES,
    *cocreation.places.handovers.STATES,
    *cocreation.invitations.handovers.STATES,
    *cocreation.travel_support.handovers.STATES,
    *cocreation.directory.handovers.STATES,
)

# What roles that hold for one thing can hold for (`accounts.scopes`).
SCOPES = cocreation.portal.scopes.SCOPES

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
# What the rooms ask the worker to do, in this order.
CHORES: tuple[Chore, ...] = (
    Chore("places of meetings", SECOND, cocreation.registration.chores.see_to_places),
    Chore("many registrations at once", SECOND * 30, cocreation.bursts.services.chore),
    Chore("mails to everyone of a meeting", SECOND * 10, cocreation.outreach.services.chore),
    Chore("publishing fates", SECOND, cocreation.batches.services.publication.go_on),
    *cocreation.ideas.chores.CHORES,
    *cocreation.backing.chores.CHORES,
    *cocreation.consultations.chores.CHORES,
    *cocreation.comments.chores.CHORES,
    *cocreation.comment_answers.chores.CHORES,
    *cocreation.draft_commitments.chores.CHORES,
    *cocreation.adoption.chores.CHORES,
    *cocreation.tracking.chores.CHORES,
    Chore("reminders", HOUR, cocreation.study.services.reminders.remind),
    Chore("what waits, once a day", HOUR / 2, cocreation.workplace.digest.tell_staff),
    Chore("forget old drafts", HOUR, cocreation.submission.services.drafts.sweep),
    Chore("forget files never sent", HOUR, cocreation.submission.services.attachments.sweep),
    Chore("forget forms that were sent", HOUR, cocreation.core.repeats.sweep),
    Chore("forget spreadsheets", HOUR, cocreation.imports.services.sweep),
    Chore("forget repeated registrations", HOUR, cocreation.registration.services.confirmation.sweep),
    Chore("forget needs", HOUR, cocreation.registration.services.answers.forget_needs),
    Chore("erase proofs of support", HOUR, cocreation.travel_support.services.requests.sweep),
    Chore("forget networks of sign-ins", HOUR, cocreation.accounts.tries.sweep),
    Chore("forget participants", HOUR / 6, cocreation.registration.personal_data.forget_participants),
    Chore("forget contacts", HOUR / 6, cocreation.delegations.personal_data.forget_contacts),
    Chore("forget guests", HOUR / 6, cocreation.invitations.personal_data.forget_invited),
    Chore("forget organisers", HOUR / 6, cocreation.meetings.personal_data.forget_organisers),
    Chore("forget unconfirmed ideas", HOUR, cocreation.ideas.personal_data.forget_unconfirmed),
    Chore("forget authors", HOUR, cocreation.ideas.personal_data.forget_authors),
    Chore("forget drafts of answers", HOUR, cocreation.answers.services.sweep),
    Chore("forget reports", HOUR, cocreation.moderation.personal_data.forget_reports),
    Chore("forget who attended", HOUR, cocreation.coordination.personal_data.forget_names),
    Chore("forget refused declarations", HOUR, cocreation.directory.personal_data.forget_refused),
    Chore("forget closed accounts", HOUR, cocreation.accounts.personal_data.forget_closed),
    Chore("tallies", HOUR / 6, cocreation.ideas.services.tallies.chore),
    Chore("forget mails of long ago", HOUR / 6, worker.put_mail_right),
    *cocreation.ledger.chores.CHORES,
)

COMMANDS = (
    cli.db,
    cli.keys,
    cli.mail,
    AppGroup(
        "import",
        help="Files into the database.",
        commands=[
            cocreation.workshops.cli.outputs,
            cocreation.participants.cli.participants,
            cocreation.plan.cli.plan,
            cocreation.past_progress.cli.progress,
        ],
    ),
    cocreation.accounts.cli.user,
    cocreation.privacy.cli.data,
    cocreation.ledger.cli.register,
    cocreation.demonstration.cli.seed,
    cocreation.upkeep.cli.backup,
    cocreation.upkeep.cli.restore,
    worker.work,
)

# What every request goes through before all else, in this order: nothing may look at a form before its size
# is allowed, and nothing may ask the database before it is known how.
FIRST = (logs.start, uploads.allow, transaction.begin, readiness.wait)


class Number(IntegerConverter):
    """A number in an address: one that no database knows is an address where nothing is."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": 2**31 - 1, **options})


def create_app(**given: object) -> Flask:
    """The application, with settings `given` by name over those of the environment."""
    settings = Settings.read(**given)
    _check(settings)
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.extensions["settings"] = settings
    app.url_map.converters["int"] = Number
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=6 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        SESSION_COOKIE_NAME="cocreation",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,  # the Referer it asks for is what our own pages withhold
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=30),  # their addresses change with their content
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
    )
    app.extensions["engine"] = database.connect(settings.database_url)
    events.wire(HANDLERS)

    app.before_request_funcs[None] = list(FIRST)
    for part in (
        logs,  # first here, so last in time: what is told is what was answered, also where a commit failed
        addresses,
        rendering,
        identity,
        errors,
        headers,
        limits,
        readiness,
        language,
        transaction,
    ):
        part.init_app(app)
    csrf = CSRFProtect(app)
    for stop in (cocreation.backing.views.unsubscribe, cocreation.consultations.views.stop):
        csrf.exempt(stop)  # mail programs post it: the secret is the key
    cocreation.accounts.sessions.init_app(app)
    access.init_app(app)
    edits.init_app(app)
    repeats.init_app(app)
    uploads.read_first(app)
    Compress(app)
    app.after_request(_close_with_the_answer)  # after it in this list, so before it in time

    app.extensions.update(
        keepers=KEEPERS,
        scopes=SCOPES,
        chores=CHORES,
        mails={kind.name: kind for kind in MAILS},
        waiting=WAITING,
    )
    cocreation.privacy.views.init_app(app)
    cocreation.workplace.menu.init_app(app)

    app.register_blueprint(health.bp)
    app.register_blueprint(robots.bp)
    app.register_blueprint(proof.bp, url_prefix=language.PREFIX)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=language.PREFIX + (blueprint.url_prefix or ""))
    cli.init_app(app, COMMANDS)

    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        # The host is the one asked for: proxies pass it on as it came (deploy/nginx).
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    return app


def _check(settings: Settings) -> None:
    """Do not serve what is not in order. A command says so by itself: some of them put it in order."""
    if settings.in_production and not settings.testing:
        os.umask(0o077)  # no file of ours is made that others can read
    if click.get_current_context(silent=True) is None and (wrong := installation.problems(settings)):
        raise SystemExit("\n".join(wrong))


def _close_with_the_answer(response: Response) -> Response:
    """A static file is closed once it is sent: Flask-Compress reads it and leaves it open."""
    if close := getattr(response.response, "close", None):
        response.call_on_close(close)
    return response
