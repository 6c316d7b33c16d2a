"""The desks: screening and referral, an institution's bundle, batches of fates."""

from flask import Blueprint

bp = Blueprint("manage_dispositions", __name__, url_prefix="/manage/dispositions")

from cocreation.dispositions.manage import answering, fates, lineage, referring, screening  # noqa: E402, F401 — they add their routes
