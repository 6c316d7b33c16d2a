"""How the web is served; read by gunicorn itself when it starts in this folder."""

import gc
import os
import sys

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
# A proxy stands in front and sends whole requests (deploy/nginx), so a thread is busy only while it works. No
# more of them than a pool holds connections (15 on SQLite, 18 on PostgreSQL): they would wait for each other.
# SQLite lets one write at a time and is not fair: of many who wait for its lock one may be passed over until
# it gives up, so there are few.
on_sqlite = os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite")
threads = int(os.environ.get("WEB_THREADS", "4" if on_sqlite else "12"))
timeout = 30
graceful_timeout = 10
keepalive = 75  # longer than the proxy keeps a connection, so that it never writes into one just closed
loglevel = "warning"
control_socket_disable = True  # one socket in the home folder, which two installations would share
max_requests = 10_000  # a slow leak never becomes an outage
max_requests_jitter = 1_000
# Whether a request came by https is believed of a proxy on this machine; whose request it is, the application
# reads by itself, of as many hops as TRUSTED_PROXIES says.
forwarded_allow_ips = "127.0.0.1,::1"


def on_starting(server: object) -> None:
    """Nothing is served that is not in order; whoever starts it reads all that is wrong at once."""
    from cocreation.core import installation
    from cocreation.core.settings import Settings

    if wrong := installation.problems(Settings.read()):
        sys.exit("\n".join(wrong))
    # Loaded once for all processes: each, and whichever takes the place of one that ended, then starts in a
    # tenth of the time. A new version is a restart, as new settings are.
    gc.disable()
    import cocreation.app  # noqa: F401

    gc.freeze()


def post_worker_init(worker: object) -> None:
    """What was loaded stays: the collector need not look through it at every page (a fifth of its time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
