"""What the worker does for this room: copies grouped, addresses forgotten."""

from datetime import timedelta

from cocreation.comments import personal_data
from cocreation.comments.services import campaigns
from cocreation.core.chores import Chore

CHORES: tuple[Chore, ...] = (
    Chore("copies of comments", timedelta(minutes=1), campaigns.group),
    Chore("forget unconfirmed comments", timedelta(hours=1), personal_data.forget_unconfirmed_comments),
    Chore("forget who commented", timedelta(hours=1), personal_data.forget_commenters),
)
