"""Public pages of this room: how ideas are screened, the board of institutions, all fates with reasons."""

from cocreation.dispositions.views import (
    board,
    fates,
    screening,
)
from cocreation.dispositions.views.blueprint import bp

__all__ = [
    "board",
    "bp",
    "fates",
    "screening",
]
