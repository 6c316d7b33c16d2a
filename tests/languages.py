"""A language spoken where a test has no request, command or worker that speaks one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from flask import Flask

from cocreation.core import i18n


@contextmanager
def speaking(code: str) -> Iterator[i18n.Language]:
    """Speak `code` inside the block, in an application that can do nothing else."""
    with _speaker().app_context(), i18n.speaking(code) as language:
        yield language


@cache
def _speaker() -> Flask:
    app = Flask(__name__)
    i18n.init_app(app, lambda: i18n.DEFAULT.code)
    return app
