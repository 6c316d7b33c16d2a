"""What this room keeps of people: found, exported, erased."""

from cocreation.core.personal_data import Keeper

KEEPERS: tuple[Keeper, ...] = ()
