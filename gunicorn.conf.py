"""How the web is served; read by gunicorn itself when it starts in this folder."""

import gc
import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
timeout = 30
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True  # one socket in the home folder, which two installations would share
max_requests = 10_000  # a slow leak never becomes an outage
max_requests_jitter = 1_000


def post_worker_init(worker: object) -> None:
    """What was loaded stays: the collector need not look through it at every page (a fifth of its time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
