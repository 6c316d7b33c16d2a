"""The pages of the staff that the menu leads to, by their work; who may open one, its own route says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cocreation.languages.i18n import Lazy, lazy_gettext as _l


@dataclass(frozen=True)
class Place:
    """A page of the menu. `beneath` are the pages that lie below it, by the name of their address, or of all
    that stand in one blueprint: whatever waits there is counted here.
    """

    endpoint: str
    name: Lazy
    does: Lazy
    beneath: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """A kind of work, and its pages."""

    name: Lazy
    places: tuple[Place, ...]


WORKS = (
    Work(
        _l("Screening"),
        (
            Place(
                "manage_screening.screening",
                _l("Ideas to screen"),
                _l("Say of each idea whether it is clear, precise and linked to openness, and why not."),
                ("manage_screening", "manage_merges", "manage_notes"),
            ),
            Place(
                "manage_screening.decided",
                _l("Screened ideas"),
                _l("See what was decided at screening, and take a decision back while its fate is open."),
                ("manage_screening.reopen",),
            ),
            Place(
                "manage_submission.enter",
                _l("Ideas on paper"),
                _l("Write in the ideas that came on paper or by e-mail, and hand out their receipt."),
                ("manage_submission",),
            ),
            Place(
                "manage_moderation.index",
                _l("Moderation"),
                _l("Decide on what people report, and on what authors contest."),
                ("manage_moderation",),
            ),
        ),
    ),
    Work(
        _l("Study"),
        (
            Place(
                "manage_study.bundle",
                _l("Ideas for your institution"),
                _l("Study each idea you were sent and answer it before its date."),
                ("manage_study.delegate", "manage_answers", "manage_bundle_sheets", "manage_notes"),
            ),
            Place(
                "manage_study.colleagues",
                _l("Colleagues"),
                _l("Share the ideas of your institution with colleagues who answer beside you."),
                ("manage_study.dismiss",),
            ),
            Place(
                "manage_objections.index",
                _l("Objections"),
                _l("Read the fates in your institution’s name that are not what it answered."),
                ("manage_objections",),
            ),
            Place(
                "manage_study.referrals",
                _l("Referrals"),
                _l("Hand accepted ideas to the institutions concerned, and chase the answers."),
                ("manage_study",),
            ),
            Place(
                "manage_study.late",
                _l("Late answers"),
                _l("See which institutions owe an answer since when, and remind them."),
                ("manage_study.remind",),
            ),
            Place(
                "manage_coordination.index",
                _l("Coordination meetings"),
                _l("Discuss the ideas of an institution together: agenda, decisions, minutes."),
                ("manage_coordination",),
            ),
        ),
    ),
    Work(
        _l("Fates"),
        (
            Place(
                "manage_batches.new_batch",
                _l("Prepare a batch"),
                _l("Choose which ideas get their fate next."),
            ),
            Place(
                "manage_batches.batches",
                _l("Batches of fates"),
                _l("Read the fate each idea is about to get and its reason, then publish them in one go."),
                ("manage_batches", "manage_questions"),
            ),
            Place(
                "manage_appeals.index",
                _l("Appeals"),
                _l("Answer authors who contest a fate that somebody else decided."),
                ("manage_appeals",),
            ),
        ),
    ),
    Work(
        _l("Public comment"),
        (
            Place(
                "manage_comment_answers.index",
                _l("Comments and their answers"),
                _l("Answer what people say of the drafts, alone or together, and publish the answers."),
                ("manage_comment_answers", "manage_answer_templates"),
            ),
        ),
    ),
    Work(
        _l("Meetings"),
        (
            Place(
                "manage_meetings.index",
                _l("Meetings"),
                _l("Prepare a meeting, announce it, follow its registrations and welcome people."),
                (
                    "manage_meetings",
                    "manage_participants",
                    "manage_bursts",
                    "manage_invitations",
                    "manage_travel_support",
                    "manage_outreach",
                    "manage_attendance",
                    "manage_preparation",
                    "manage_statistics",
                ),
            ),
            Place(
                "manage_workshops.index",
                _l("Workshops"),
                _l("Write down the problems, solutions and expected results while they are said."),
                ("manage_workshops", "manage_submission.restate", "manage_attendance"),
            ),
            Place(
                "manage_statistics.compare",
                _l("Compare the meetings"),
                _l("See who came to which meeting, and who is missing everywhere."),
            ),
            Place(
                "manage_mails.index",
                _l("Mails that did not arrive"),
                _l("See whom a mail could not reach and why, reach them another way, or send it again."),
                ("manage_mails",),
            ),
        ),
    ),
    Work(
        _l("Directory"),
        (
            Place(
                "manage_directory.associations",
                _l("Associations"),
                _l("Verify the associations that asked to be listed."),
                ("manage_directory.verify", "manage_directory.refuse"),
            ),
            Place(
                "manage_directory.institutions",
                _l("Institutions"),
                _l("Keep the list of the institutions that study ideas."),
                ("manage_directory",),
            ),
            Place(
                "manage_privacy.index",
                _l("Personal data"),
                _l("Find what is kept of a person who asks, give them a copy, or erase it."),
                ("manage_privacy",),
            ),
        ),
    ),
    Work(
        _l("The cycle"),
        (
            Place(
                "manage_cycles.index",
                _l("Phases, themes and axes"),
                _l("Set what is open when: phases, themes and axes."),
                (
                    "manage_cycles",
                    "manage_study.criteria",
                    "manage_study.criterion",
                    "manage_study.usual_criteria",
                    "manage_study.move_criterion",
                    "manage_study.remove_criterion",
                    "manage_preparation.rules",
                    "manage_preparation.usual_rules",
                ),
            ),
            Place(
                "manage_drafts.index",
                _l("Draft commitments"),
                _l("Propose commitments, share drafts with the committee, remark on them and reply."),
                ("manage_drafts",),
            ),
            Place(
                "manage_plan.index",
                _l("The plan"),
                _l("Write the commitments, under the axes of the cycle."),
                ("manage_plan",),
            ),
            Place(
                "manage_documents.index",
                _l("Documents"),
                _l("Write reports, methodologies, draft laws and rules, or bring them from a file."),
                ("manage_documents",),
            ),
            Place(
                "manage_consultations.index",
                _l("Public consultations"),
                _l("Put drafts to public comment: texts, summaries, window, announcement."),
                ("manage_consultations",),
            ),
            Place(
                "manage_adoption.index",
                _l("Adoption"),
                _l("Say why each word was changed since the consultation, and adopt the plan."),
                ("manage_adoption",),
            ),
            Place(
                "manage_self_assessment.index",
                _l("Self-assessments"),
                _l("Freeze figures, draft a self-assessment from them, publish it after public comment."),
                ("manage_self_assessment",),
            ),
        ),
    ),
    Work(
        _l("Administration"),
        (
            Place(
                "manage_accounts.index",
                _l("The team"),
                _l("Invite people, give and take back roles."),
                ("manage_accounts",),
            ),
            Place(
                "manage_upkeep.index",
                _l("Backups"),
                _l("See when the last one was made, and whether it was ever tried."),
                ("manage_upkeep",),
            ),
        ),
    ),
)


def place_of(endpoint: str, places: Iterable[Place]) -> Place | None:
    """The one of `places` to which a page belongs: itself, else the one it is named to lie beneath, else the
    one beneath which all of its blueprint lies.
    """
    open_ones = list(places)
    for name in (endpoint, endpoint.partition(".")[0]):
        for place in open_ones:
            if place.endpoint == endpoint or name in place.beneath:
                return place
    return None
