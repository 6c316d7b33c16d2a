"""The protocol of work without a network: what comes in a batch, answered act by act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from cocreation.core import offline
from cocreation.core.errors import AlreadyDone, Invalid, Refusal

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Put:
    id: str


@dataclass(frozen=True)
class Taken(Put):
    """The opposite, in its turn."""


def read(sent):
    if sent not in ("put", "take"):
        raise Invalid
    return Put(sent) if sent == "put" else Taken(sent)


def refuse(key: str, refusal: Refusal) -> str:
    return f"refused {key}: {type(refusal).__name__}"


def test_acts_of_one_class_are_done_together_and_answered_in_the_order_of_all():
    runs = []

    def take(acts):
        runs.append([act.id for act in acts])
        return [f"{act.id} in run {len(runs)}" for act in acts]

    answers = offline.settle(["put", "nonsense", "put", "take", {"id": "k"}, "put"], read, take, refuse)
    assert answers == [
        "put in run 1",
        "refused : Invalid",
        "put in run 1",
        "take in run 2",
        "refused k: Invalid",
        "put in run 3",
    ]
    assert runs == [["put", "put"], ["take"], ["put"]]
    assert offline.settle([], read, take, refuse) == []


def test_one_that_is_refused_leaves_the_others():
    def take(act):
        if act.id == "b":
            raise AlreadyDone
        return f"done {act.id}"

    answers = offline.take_each([Put("a"), Put("b"), Put("c")], take, refuse)
    assert answers == ["done a", "refused b: AlreadyDone", "done c"]


def test_a_refusal_of_all_is_raised():
    def take(acts):
        raise AlreadyDone

    with pytest.raises(AlreadyDone):
        offline.settle(["put"], read, take, refuse)


def test_a_batch_names_its_device_and_ends_somewhere():
    assert offline.read_batch({"entries": [1]}, device="one").device == "one"
    batch = offline.read_batch({"device": "x" * 99, "entries": [0] * 999}, device="one")
    assert (batch.device, len(batch.acts)) == ("x" * 40, offline.MOST)
    for sent in (None, [], "x", {}, {"entries": 3}):
        with pytest.raises(Invalid):
            offline.read_batch(sent, device="one")


def test_the_key_is_one_a_device_makes_and_the_hour_has_its_offset():
    key = str(uuid4())
    assert offline.read_act({"id": key, "at": "2026-03-10T09:00:00.000Z"}) == (key, NOW)
    for wrong in ({}, {"id": key}, {"id": key, "at": 3}, {"id": key, "at": "2026-03-10T09:00:00"}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            offline.read_act(wrong)
    with pytest.raises(ValueError, match="mine"):
        offline.read_act({"id": "mine", "at": NOW.isoformat()})


def test_a_wrong_clock_is_not_believed():
    since = NOW - timedelta(hours=1)
    for at, said in (
        (since, since),
        (NOW, NOW),
        (since - timedelta(seconds=1), NOW),
        (NOW + since.resolution, NOW),
    ):
        assert offline.believe(at, since=since, now=NOW) == said
