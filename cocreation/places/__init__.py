"""Who has a place at a meeting: registrations, the waiting list, places kept for some, seats in workshops.

For whoever registers and for those who run the meeting, through the rooms above; it has no pages.
It may import meetings and what is below.

A place is taken by who has it and by whom it is held for. Where somebody waits for whom a place is
open, who comes now waits behind them. On the last day nobody is asked, since nobody could answer.
What the lock of the meeting guards is read after it.
"""
