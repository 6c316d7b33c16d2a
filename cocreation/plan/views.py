"""The public side of the plan. Its pages count ideas, which stand above: `portal.chain` writes them."""

from flask import Blueprint

bp = Blueprint("plan", __name__)
