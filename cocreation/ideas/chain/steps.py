"""The steps of an idea, as its chain tells them: one declaration for each kind.

A new kind of step is a member of `StepKind` and a row of STEPS (docs/how-to/add-a-step.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cocreation.core.enums import Named
from cocreation.ideas.models.dialogue import Hearing
from cocreation.ideas.models.idea import UPHELD, IdeaState, Step, StepKind
from cocreation.ideas.models.lineage import Kinship
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.reasons.models import Fate

SECRETARIAT = _l("The secretariat")


@dataclass(frozen=True)
class ChainStep:
    """How a kind of step is told.

    `sentence` is what happened, None for the name of the kind; `sentences` says it by the outcome of a step,
    where it differs. `who` acted where no institution did: None for the author, whose step says so by itself.
    `outcomes` are those whose name is told under the sentence. A step that `settles` gives the fate. What is
    `spoken` is, or may repeat, the words of the author: not shown of a silent idea. Steps of one act that are
    told `together` are one.
    """

    sentence: Lazy | None = None
    sentences: Mapping[str, Lazy] = field(default_factory=dict)
    who: Lazy | None = SECRETARIAT
    outcomes: type[Named] | None = None
    settles: bool = False
    spoken: bool = False
    together: bool = False

    def label(self, step: Step) -> str:
        """What happened, in the reader's language."""
        sentence = self.sentences.get(step.outcome or "", self.sentence)
        return str(sentence) if sentence else str(step.kind.label).capitalize()


# How a link reads before the reference of the other idea.
LINKED: dict[str, Lazy] = {
    Kinship.MERGED_INTO: _l("Merged into"),
    Kinship.MERGED_FROM: _l("Another idea was merged into it:"),
    Kinship.SPLIT_INTO: _l("A part of it became"),
    Kinship.SPLIT_FROM: _l("It is a part of"),
    Kinship.RESTATED_AS: _l("Restated as"),
    Kinship.RESTATES: _l("It restates"),
    Kinship.CARRIED_OVER: _l("Carried over to a later cycle as"),
    Kinship.CARRIED_FROM: _l("Carried over from an earlier cycle:"),
}

STEPS: dict[StepKind, ChainStep] = {
    StepKind.RECEIVED: ChainStep(_l("Received")),
    StepKind.EDITED: ChainStep(_l("Reworded by its author"), who=None),
    StepKind.ASKED: ChainStep(_l("A question was put to its author"), spoken=True),
    StepKind.REPLIED: ChainStep(_l("Its author answered"), who=None, spoken=True),
    StepKind.LAPSED: ChainStep(_l("No answer came in time"), who=None),
    StepKind.SCREENED: ChainStep(
        _l("Not accepted at screening"), {IdeaState.ACCEPTED: _l("Accepted at screening")}
    ),
    StepKind.REOPENED: ChainStep(_l("Its screening was reopened: it is read once more")),
    StepKind.JOINED: ChainStep(sentences=LINKED, together=True),
    StepKind.PARTED: ChainStep(_l("No longer linked with"), together=True),
    StepKind.REFERRED: ChainStep(_l("Sent to the institution concerned")),
    StepKind.RECALLED: ChainStep(_l("Taken back from the institution")),
    StepKind.ANSWERED: ChainStep(_l("Answered by the institution"), outcomes=Fate),
    StepKind.DISCUSSED: ChainStep(),
    StepKind.FATE: ChainStep(_l("Its fate was published"), settles=True),
    StepKind.REVISED: ChainStep(_l("What was published was reworded"), settles=True),
    StepKind.APPEALED: ChainStep(_l("Its author contested the fate"), who=None, spoken=True),
    # Who answers an appeal may be of the committee.
    StepKind.HEARD: ChainStep(
        _l("The appeal was answered"),
        who=_l("Someone other than the person who decided"),
        outcomes=Hearing,
        spoken=True,
    ),
    StepKind.HIDDEN: ChainStep(sentences={UPHELD: _l("Still hidden, after its author contested it")}),
    StepKind.SHOWN: ChainStep(),
    StepKind.WITHDRAWN: ChainStep(_l("Withdrawn by its author"), who=None, settles=True),
}
