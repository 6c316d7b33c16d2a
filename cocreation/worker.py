"""`flask worker`: sends the mails as they come, and does the chores of the rooms that `app.py` lists.

Each in a thread of its own, so that neither a slow mail server nor a long chore holds up the other. Both wait
for a database or a server that is away, and go on when it is back.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage

import click
import structlog
from flask import Flask, current_app
from flask.cli import with_appcontext

from cocreation.core import clock, database, delivery, outbox, pulse, undelivered
from cocreation.core.chores import Chore, DatabaseAway, Round
from cocreation.core.clock_watch import Watch
from cocreation.core.database import session
from cocreation.web.post import compose

LONGEST_WAIT = 30.0  # seconds, for a database that is away
LONGEST_PAUSE = 900.0  # seconds, for a mail server that is
GRACE = 25.0  # seconds for the mail in hand when told to stop; after that whoever comes next sends it again

log = structlog.get_logger()


def put_mail_right(now: datetime) -> int:
    """Delete what was sent or failed long ago, let go what a wrong clock held back; how many."""
    done = outbox.put_right(now) + undelivered.forget(now)
    session.commit()
    return done


class Heart:
    """Gives signs of life: at once when something changed, else now and then."""

    def __init__(self, name: str) -> None:
        self.name, self.at, self.trouble = name, -pulse.EVERY.total_seconds(), ""

    def beat(self, trouble: str = "") -> None:
        now = time.monotonic()
        if trouble != self.trouble or now - self.at >= pulse.EVERY.total_seconds():
            pulse.beat(self.name, clock.now(), trouble=trouble)
            session.commit()
            self.at, self.trouble = now, trouble

    def doubt(self, trouble: str) -> None:
        """Say that the clock is not believed."""
        if trouble != self.trouble:
            log.error("clock in doubt", why=trouble)
            pulse.doubt(self.name, clock.now(), trouble=trouble)
            session.commit()
            self.trouble = trouble


class Chores:
    """The chores, done by a clock that is believed (`clock_watch`)."""

    def __init__(
        self, chores: Sequence[Chore], *, trusted: bool, stop: Callable[[], bool] = lambda: False
    ) -> None:
        self.round, self.heart, self.stop = Round(chores), Heart(pulse.WORKER), stop
        self.trusted = trusted
        self.watch: Watch | None = None

    def doubt(self) -> str:
        """Why nothing may be done now, "" when there is no reason."""
        if self.watch is None:
            sign = pulse.last(pulse.WORKER)
            self.watch = Watch(sign.at if sign else None, trusted=self.trusted)
            session.rollback()
        return self.watch.doubt(clock.now())

    def go_round(self) -> int:
        """Do what is due and give a sign of life, unless the clock is in doubt; how much was done."""
        if trouble := self.doubt():
            self.heart.doubt(trouble)
            return 0
        done = self.round.look(self.stop)
        self.heart.beat()
        return done


class Post:
    """The sending of mails: one connection a round, and growing pauses while the server is away, which all
    mails share.
    """

    def __init__(self, app: Flask, stop: Callable[[], bool] = lambda: False) -> None:
        settings = app.extensions["settings"]
        self.app, self.stop = app, stop
        self.deliver = delivery.deliverer(settings.mail_url, settings.mail_ca)
        self.sent, self.pauses, self.resting_until = 0, 0, 0.0
        self.heart = Heart(pulse.POST)

    def send(self) -> int:
        """Send what is due; how many left. Raises ServerAway."""
        self.sent = 0
        try:
            return outbox.send_due(lambda mail: compose(self.app, mail), self._deliver, stop=self.stop)
        finally:
            self.deliver.close()

    def go_round(self) -> None:
        """Send what is due, unless the server is away and the pause is not over; say how it stands."""
        if time.monotonic() < self.resting_until:
            return
        try:
            self.send()
        except delivery.ServerAway as error:
            self.pauses = 1 if self.sent else self.pauses + 1
            pause = min(2.0 ** min(self.pauses, 20), LONGEST_PAUSE)
            self.resting_until = time.monotonic() + pause
            log.warning("mail server away", failure=str(error), again_in=pause)
            self.heart.beat(str(error))
        else:
            self.pauses = 0
            self.heart.beat()

    def _deliver(self, message: EmailMessage) -> None:
        self.deliver(message)
        self.sent += 1


def send_mails(app: Flask) -> int:
    """Send what the outbox holds; how many left. Raises ServerAway."""
    return Post(app).send()


@click.command("worker")
@click.option("--every", default=2.0, help="Seconds between two looks.")
@click.option(
    "--once", is_flag=True, help="Look once, do every chore and send every mail that is due, then end."
)
@click.option("--trust-clock", is_flag=True, help="The clock is right, although it says a month has passed.")
@with_appcontext
def work(every: float, once: bool, trust_clock: bool) -> None:
    """Send mails and do the chores as they come due, until told to stop."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        done = _do_once(app, trust_clock)
        try:
            click.echo(f"{done} done, {send_mails(app)} sent.")
        except delivery.ServerAway as error:
            raise click.ClickException(f"{done} done. The mail server is away: {error}") from error
        return
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    post = Post(app, stop.is_set)
    # A daemon: a server that answers nothing does not keep the process from ending.
    sending = threading.Thread(
        target=_again_and_again, args=("mail", app, post.go_round, every, stop), daemon=True
    )
    sending.start()
    chores = Chores(app.extensions["chores"], trusted=trust_clock, stop=stop.is_set)
    _again_and_again("chores", app, chores.go_round, every, stop)
    sending.join(GRACE)


def _do_once(app: Flask, trusted: bool) -> int:
    chores = Chores(app.extensions["chores"], trusted=trusted)
    if trouble := chores.doubt():
        raise click.ClickException(trouble)
    return chores.go_round()


def _again_and_again(
    name: str, app: Flask, go_round: Callable[[], object], every: float, stop: threading.Event
) -> None:
    """Go round until `stop`; whatever happens, wait, longer each time, and go on."""
    wait = every
    with app.app_context():
        while not stop.wait(wait):
            database.writing()
            try:
                go_round()
                wait = every
            except Exception as error:
                wait = min(max(wait, 0.5) * 2, LONGEST_WAIT)
                reason = error.__cause__ or error if isinstance(error, DatabaseAway) else error
                log.error("round failed", of=name, exc_info=reason, again_in=wait)
            finally:
                session.remove()
