"""What this room keeps of people."""

from cocreation.core.personal_data import Keeper

KEEPERS: tuple[Keeper, ...] = ()
