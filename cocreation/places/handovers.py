"""Who acts next on a registration: whoever registered, told by mail, or the worker."""

from __future__ import annotations

from cocreation.accounts.handover_kinds import NextActor
from cocreation.places.emails import DECLINED, LAPSED, OFFERED
from cocreation.places.models.registration import RegistrationState

STATES = (
    NextActor(RegistrationState.CONFIRMED, nobody="they come on the day"),
    NextActor(RegistrationState.OFFERED, told=(OFFERED,)),
    NextActor(RegistrationState.WAITING, chore="places of meetings"),
    NextActor(RegistrationState.LAPSED, told=(LAPSED,)),
    NextActor(RegistrationState.DECLINED, told=(DECLINED,)),
    NextActor(RegistrationState.CANCELLED, nobody="they do not come"),
    NextActor(RegistrationState.INVITED, nobody="they come on the day"),
    NextActor(RegistrationState.REPEATED, chore="forget repeated registrations"),
)
