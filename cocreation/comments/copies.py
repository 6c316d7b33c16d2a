"""Which comments are copies of one text: by the words they share, whatever was changed in a few of them.

Candidates come from MinHash (datasketch), which looks at no pair twice; each is then compared word by word.
The library is loaded when something is compared, so by the worker alone: it brings a hundred megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from cocreation.text.stems import stems

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH

HASHES = 64
CANDIDATE = 0.5  # of the pairs of words: from here on two comments are compared word by word
ALIKE = 85.0  # of 100: how much of their words copies share
FEWEST = 5  # copies that are a campaign
LONGEST = 400  # words of a comment that are compared: who copies begins alike
SHORTEST = 8  # words that carry meaning: who says less says what anybody might


@dataclass(frozen=True)
class ComparedComment:
    """A comment as it is compared. `campaign` is that it stands for, where it stands for one."""

    id: int
    texts: tuple[str | None, ...]
    campaign: int | None = None

    @cached_property
    def words(self) -> str:
        """Its stems, looked for in those only that may be copies."""
        return compared(*self.texts)


@dataclass(frozen=True)
class Campaigners:
    """What was found of a comment: the campaign it joins, or those with whom it makes one, the first of whom
    stands for it; or neither.
    """

    joined: int | None = None
    founders: tuple[int, ...] = ()


@dataclass
class Heard:
    """Comments on one place that were looked at: those that stand for a campaign, and those that sign none.

    Of a campaign it holds one, so its size is that of the different things said of one section.
    """

    index: MinHashLSH = field(default_factory=lambda: _index())
    said: dict[int, ComparedComment] = field(default_factory=dict)

    def hear(self, spoken: ComparedComment, hashes: bytes) -> Campaigners:
        """What `spoken` is a copy of; it is remembered where it is a copy of too few."""
        alike = [self.said[key] for key in sorted(self.index.query(_signature(hashes)))]
        copies = [other for other in alike if is_copy(spoken.words, other.words)]
        joined = next((other.campaign for other in copies if other.campaign is not None), None)
        if joined is not None:
            return Campaigners(joined=joined)
        if len(copies) + 1 < FEWEST:
            self.remember(spoken, hashes)
            return Campaigners()
        for other in copies[1:]:
            self.forget(other.id)
        return Campaigners(founders=(*(other.id for other in copies), spoken.id))

    def remember(self, spoken: ComparedComment, hashes: bytes) -> None:
        self.said[spoken.id] = spoken
        self.index.insert(spoken.id, _signature(hashes))

    def forget(self, key: int) -> None:
        del self.said[key]
        self.index.remove(key)

    def stands_for(self, key: int, campaign: int) -> None:
        """This comment stands for a campaign from now on."""
        self.said[key] = ComparedComment(key, self.said[key].texts, campaign)


def is_copy(words: str, others: str) -> bool:
    """Whether two comments, in their stems, say the same but for a few words."""
    return fuzz.ratio(words.split(), others.split(), score_cutoff=ALIKE) > 0


def compared(*texts: str | None) -> str:
    """What is compared of a comment: its stems, so that spelling and endings make no difference. Nothing of
    one that is too short to be told from another by chance.
    """
    said = [stem for text in texts if text for stem in stems(text)]
    return " ".join(said[:LONGEST]) if len(said) >= SHORTEST else ""


def signatures(texts: Iterable[str]) -> Iterator[bytes]:
    """The signature of each of these comments, as it is kept."""
    for text in texts:
        signature = _blank().copy()
        signature.update_batch([f"{first} {second}".encode() for first, second in pairwise(text.split())])
        yield signature.hashvalues.astype("<u4").tobytes()


def _signature(hashes: bytes) -> MinHash:
    import numpy

    signature = _blank().copy()
    signature.hashvalues = numpy.frombuffer(hashes, dtype="<u4")
    return signature


@cache
def _blank() -> MinHash:
    """The signature of nothing: the others share what it takes long to make."""
    from datasketch import MinHash

    return MinHash(num_perm=HASHES, scheme="affine32")


def _index() -> MinHashLSH:
    from datasketch import MinHashLSH

    return MinHashLSH(threshold=CANDIDATE, num_perm=HASHES)
