"""Commands about people's own data."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from cocreation.core.database import session
from cocreation.ideas import services
from cocreation.meetings.models import Registration

data = AppGroup("data", help="What the platform holds about people.")
