"""The desks: screening and referral, an institution's bundle, batches of fates, appeals."""

from cocreation.dispositions.manage import (
    answering,
    appeals,
    bundles,
    criteria,
    delegating,
    fates,
    lineage,
    reasons,
    referring,
    screening,
)
from cocreation.dispositions.manage.blueprint import bp

__all__ = [
    "answering",
    "appeals",
    "bp",
    "bundles",
    "criteria",
    "delegating",
    "fates",
    "lineage",
    "reasons",
    "referring",
    "screening",
]
