"""What the worker does for this room: it tells whom answers concern."""

from __future__ import annotations

from datetime import timedelta

from cocreation.comment_answers.services.news import tell_due
from cocreation.core.chores import Chore

TELLING = "telling of answers to comments"
CHORES = (Chore(TELLING, timedelta(seconds=10), tell_due),)
