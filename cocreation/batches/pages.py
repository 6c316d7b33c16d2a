"""What the page of a batch says at each stage, and what can be done there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cocreation.batches.models import Batch, BatchReview, BatchStage, FateDraft, FateQuestion
from cocreation.batches.services.gate import missing_words
from cocreation.core import clock
from cocreation.cycles.models import Cycle, Phase
from cocreation.desks.queries.kinds import Around, KindTally
from cocreation.languages.i18n import LANGUAGES, Lazy, gettext as _, lazy_gettext as _l, ngettext as _n
from cocreation.reasons.models import Fate
from cocreation.screening.models import Screening
from cocreation.study.models import Referral
from cocreation.web.notices import PageNotice


@dataclass(frozen=True)
class BatchAct:
    """What the secretariat does next with the batch: why, and the button."""

    endpoint: str
    why: Lazy
    button: Lazy


SENDING = BatchAct(
    "manage_batches.send_for_review",
    _l(
        "Before it is published, somebody else reads the batch: "
        "a member of the committee or of the secretariat."
    ),
    _l("Send to a second reader"),
)
PUBLISHING = BatchAct(
    "manage_batches.publish",
    _l(
        "Publishing shows every fate with its reason to everyone, writes it into the register for good, "
        "and sends one mail to each of the people counted here."
    ),
    _l("Publish these fates"),
)
ACTS = {BatchStage.DRAFT: SENDING, BatchStage.REVIEWED: PUBLISHING}


@dataclass(frozen=True)
class BatchPage:
    """A batch for who asks: `tally` counts its ideas, `untranslated` how many reasons are not yet in a
    language.
    """

    batch: Batch
    stage: BatchStage
    tally: KindTally
    untranslated: Sequence[tuple[str, int]]
    reviews: Sequence[BatchReview]
    may_edit: bool
    may_review: bool
    # The cycle, where its calendar has the phase closed on the day on which this would be published.
    closed: Sequence[Cycle] = ()
    phase: Phase = Phase.FATES
    # What second readers ask of single fates and nobody answered yet.
    questions: Sequence[FateQuestion] = ()

    @property
    def is_past(self) -> bool:
        """Whether the phase is over in its cycle: what was published then is noted with its day."""
        period = self.batch.cycle.period(self.phase)
        return bool(self.closed) and period is not None and period.is_past(self.today)

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def counts(self) -> Sequence[tuple[Fate | None, int]]:
        return self.tally.fates

    @property
    def incomplete(self) -> int:
        """How many ideas lack something, as long as that can change."""
        return 0 if self.batch.publishing_at else self.tally.lacking

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is publishing it."""
        return self.stage is BatchStage.PUBLISHING

    @property
    def settled(self) -> float:
        """The share of the fates that are public."""
        size = sum(count for _fate, count in self.counts)
        return self.batch.settled / size if size else 0

    @property
    def told(self) -> float:
        """The share of the mails that are written."""
        return self.batch.told / self.batch.to_tell if self.batch.to_tell else 0

    def missing(self, draft: FateDraft) -> list[Lazy]:
        """What stands in the way of an idea's publication, in words; nothing once that was asked for."""
        return [] if self.batch.publishing_at else missing_words(draft)

    @property
    def notice(self) -> PageNotice | None:
        batch = self.batch
        if self.stage is BatchStage.PUBLISHED:
            told = _n("%(count)s person was told by mail.", "%(count)s people were told by mail.", batch.told)
            return PageNotice("done", [self._published(), told])
        if self.stage is BatchStage.PLANNED:
            planned = _l(
                "These fates will be published by themselves on %(at)s. Any change before then asks "
                "for a new reading.",
                at=batch.publishing_at,
            )
            return PageNotice("open", [planned])
        if self.stage is BatchStage.SENT:
            sent = _l("Sent on %(at)s, waiting for its second reader.", at=batch.sent_at)
            own = _l("Someone other than the person who prepared this batch has to read it.")
            return PageNotice("waiting", [sent] if self.may_review else [sent, own])
        if self.stage is BatchStage.REVIEWED:
            read = _l("Read by a second person on %(at)s: it can be published.", at=batch.reviewed_at)
            return PageNotice("done", [read])
        return None

    def _published(self) -> Lazy:
        batch = self.batch
        if batch.published_on:
            both = _l("Published on %(day)s, as the secretariat says; entered here on %(at)s.")
            return both.filled(day=batch.published_on, at=batch.published_at)
        return _l("Published on %(at)s.", at=batch.published_at)

    @property
    def act(self) -> BatchAct | None:
        """What can be done next; nothing that would only be refused."""
        shut = self.closed and self.stage is BatchStage.REVIEWED and not self.is_past
        can_act = self.may_edit and not self.incomplete and self.counts and not shut
        return ACTS.get(self.stage) if can_act else None

    @property
    def unwritten(self) -> list[tuple[str, int]]:
        """The name of each language some reasons are not yet in, with how many."""
        return [(LANGUAGES[code].name, count) for code, count in self.untranslated]


@dataclass(frozen=True)
class DraftPage:
    """What an idea of a batch is about to become, beside what screening and the institutions said of it."""

    batch: Batch
    draft: FateDraft
    screening: Screening | None
    referrals: Sequence[Referral]
    questions: Sequence[FateQuestion]
    may_edit: bool
    may_review: bool
    around: Around | None

    @property
    def refused(self) -> Screening | None:
        """Its screening, where that did not accept it."""
        return self.screening if self.screening and not self.screening.accepted else None

    @property
    def is_questioned(self) -> bool:
        """Whether a question about it waits for its answer."""
        return any(question.answered_at is None for question in self.questions)

    @property
    def lacks(self) -> list[Lazy]:
        """What stands in the way of its publication, in words; nothing once that was asked for."""
        return [] if self.batch.publishing_at else missing_words(self.draft)

    @property
    def unwritten(self) -> str:
        """The languages the explanation is not yet in, where nothing else is missing."""
        return "" if self.lacks else named_languages(self.draft.unwritten_in(self.batch.cycle.languages))


def named_languages(codes: Iterable[str]) -> str:
    """Languages by their own names."""
    return _(", ").join(LANGUAGES[code].name for code in codes if code in LANGUAGES)
