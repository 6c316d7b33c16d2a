"""What happens in this room, told to the rooms above (`core.events`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocreation.batches.models import Batch


@dataclass
class FatesToPublish:
    """A batch, locked, complete and read, is asked to be published; who hears of a reason to wait puts off
    the moment, `not_before`.
    """

    batch: Batch
    not_before: datetime
    now: datetime
