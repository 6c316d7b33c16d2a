"""The pages of the staff, and who works there."""

from __future__ import annotations

from dataclasses import dataclass

from cocreation.accounts.models import Duty, Role
from cocreation.accounts.policy import SECRETARIAT, holders
from cocreation.languages.i18n import Lazy, lazy_gettext as _l


@dataclass(frozen=True)
class Desk:
    """A staff page and who works there."""

    endpoint: str
    roles: tuple[Role, ...]
    name: Lazy
    does: Lazy


DESKS = (
    Desk(
        "manage_study.bundle",
        holders(Duty.STUDY),
        _l("Ideas for your institution"),
        _l("Study each idea you were sent and answer it before its date."),
    ),
    Desk(
        "manage_screening.screening",
        SECRETARIAT,
        _l("Screening"),
        _l("Say of each idea whether it is clear, precise and linked to openness, and why not."),
    ),
    Desk(
        "manage_study.referrals",
        SECRETARIAT,
        _l("Referrals"),
        _l("Hand accepted ideas to the institutions concerned, and chase the answers."),
    ),
    Desk(
        "manage_fates.batches",
        SECRETARIAT,
        _l("Fates to publish"),
        _l("Give each idea its fate and its reason, then publish them in one go."),
    ),
    Desk(
        "manage_fates.batches",
        holders(Duty.COMMITTEE),
        _l("Fates before they are published"),
        _l("Read the fate each idea is about to get, and comment on it."),
    ),
    Desk(
        "manage_appeals.index",
        (*SECRETARIAT, *holders(Duty.COMMITTEE)),
        _l("Appeals"),
        _l("Answer authors who contest a fate that somebody else decided."),
    ),
    Desk(
        "manage_coordination.index",
        (*SECRETARIAT, *holders(Duty.COORDINATION)),
        _l("Coordination meetings"),
        _l("Discuss the ideas of an institution together: agenda, decisions, minutes."),
    ),
    Desk(
        "manage_moderation.index",
        SECRETARIAT,
        _l("Moderation"),
        _l("Decide on what people report, and on what authors contest."),
    ),
    Desk(
        "manage_workshops.index",
        (*SECRETARIAT, *holders(Duty.WORKSHOPS)),
        _l("Workshops"),
        _l("Write down the problems, solutions and expected results while they are said."),
    ),
    Desk(
        "manage_meetings.index",
        (*SECRETARIAT, *holders(Duty.MEETINGS)),
        _l("Meetings"),
        _l("Prepare a meeting, announce it, follow its registrations and welcome people."),
    ),
    Desk(
        "manage_mails.index",
        (*SECRETARIAT, *holders(Duty.MEETINGS)),
        _l("Mails that did not arrive"),
        _l("See whom a mail could not reach and why, reach them another way, or send it again."),
    ),
    Desk(
        "manage_submission.enter",
        SECRETARIAT,
        _l("Ideas on paper"),
        _l("Write in the ideas that came on paper or by e-mail, and hand out their receipt."),
    ),
    Desk(
        "manage_plan.index",
        SECRETARIAT,
        _l("The plan"),
        _l("Write the commitments, under the axes of the cycle."),
    ),
    Desk(
        "manage_cycles.index",
        SECRETARIAT,
        _l("The cycle"),
        _l("Set what is open when: phases, themes and axes."),
    ),
    Desk(
        "manage_directory.associations",
        SECRETARIAT,
        _l("Associations"),
        _l("Verify the associations that asked to be listed."),
    ),
    Desk(
        "manage_directory.institutions",
        SECRETARIAT,
        _l("Institutions"),
        _l("Keep the list of the institutions that study ideas."),
    ),
    Desk(
        "manage_privacy.index",
        SECRETARIAT,
        _l("Personal data"),
        _l("Find what is kept of a person who asks, give them a copy, or erase it."),
    ),
    Desk(
        "manage_accounts.index",
        holders(Duty.ADMINISTRATION),
        _l("The team"),
        _l("Invite people, give and take back roles."),
    ),
    Desk(
        "manage_upkeep.index",
        holders(Duty.ADMINISTRATION),
        _l("Backups"),
        _l("See when the last one was made, and whether it was ever tried."),
    ),
)
