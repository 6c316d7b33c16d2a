"""The desks: screening and referral, an institution's bundle, batches of fates, appeals."""

from flask import Blueprint

bp = Blueprint("manage_dispositions", __name__, url_prefix="/manage/dispositions")

from cocreation.dispositions.manage import (  # noqa: E402 — they add their routes
    answering,  # noqa: F401
    appeals,  # noqa: F401
    bundles,  # noqa: F401
    criteria,  # noqa: F401
    delegating,  # noqa: F401
    fates,  # noqa: F401
    lineage,  # noqa: F401
    reasons,  # noqa: F401
    referring,  # noqa: F401
    screening,  # noqa: F401
)
