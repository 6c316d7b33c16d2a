"""What two versions show otherwise: pages, links, statements, mails, rows; told as it is found."""

from __future__ import annotations

import ast
import zlib
from collections import Counter
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import islice
from typing import Any

from tests.compare import meant, sight

SHOWN = 40  # lines of a difference
MOST_SHOWN = 25  # differences of a kind that are printed, and not only named


@dataclass
class Report:
    """What was found, printed as it is found, but for what is meant."""

    meant: list[meant.Change]
    full: bool = False
    found: Counter[str] = field(default_factory=Counter)
    as_meant: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    _alike: Counter[str] = field(default_factory=Counter)
    _printed: Counter[str] = field(default_factory=Counter)

    def differs(
        self, kind: str, engine: str, name: str, before: list[str], after: list[str], *, note: str = ""
    ) -> None:
        """Note that what `name` shows went from the lines `before` to `after`."""
        changes = list(unified_diff(before, after, "before", "after", n=2, lineterm=""))[2:]
        changed = [line for line in changes if line.startswith(("+", "-"))]
        if not changed:  # lines that exist on one side only, and are empty
            changes = changed = [f"{len(before)} → {len(after)} lines"]
        covered = set[str]().union(*(change.covers(kind, name, changed) for change in self.meant))
        left = [line for line in changed if line not in covered]
        if not left:
            self.as_meant += 1
            return
        self.found[kind] += 1
        name = f"{engine} {name}{note}".strip()
        alike = "\n".join(left)
        self._alike[alike] += 1
        if not self.full and (self._alike[alike] > 1 or self._printed[kind] >= MOST_SHOWN):
            print(f"{kind}: {name} (as another)" if self._alike[alike] > 1 else f"{kind}: {name}")
            return
        self._printed[kind] += 1
        print(f"\n{kind}: {name}")
        shown = [line for line in changes if line not in covered]
        most = None if self.full else SHOWN
        print("\n".join(f"    {line[:400]}" for line in islice(shown, most)))
        if most and len(shown) > most:
            print(f"    … {len(shown) - most} lines more")

    def summary(self) -> str:
        said = ", ".join(f"{number} {what}" for what, number in sorted(self.seen.items()))
        differing = ", ".join(f"{number} × {kind}" for kind, number in sorted(self.found.items()))
        return f"\nCompared: {said}.\n{f'Differs: {differing}.' if differing else 'Nothing differs.'}"

    def meanings(self, *, unused: bool) -> str:
        """How many differences are meant, by change; with `unused`, what is declared and was not seen."""
        said = [f"\n{self.as_meant} differences are meant, of these changes:"] if self.as_meant else []
        for change in self.meant:
            seen = ", ".join(f"{number} × {kind}" for kind, number in sorted(change.seen.items()))
            said += [f"    {change.what}: {seen}"] if seen else []
        if unused:
            said += [
                f"Declared, and not seen: {change.what}: {text}"
                for change in self.meant
                for text in change.unused()
            ]
        return "\n".join(said)


def compare_pages(engine: str, before: dict[str, Any], after: dict[str, Any], report: Report) -> None:
    """Every page of one database, as every visitor saw it; then the links that are on one side only."""
    for (person, address), was in before["pages"].items():
        name = f"{person} {address}"
        now = after["pages"][person, address]
        report.seen[f"pages on {engine}"] += 1
        heads = [_head(answer) for answer in (was, now)]
        bodies = [sight.same_but_for_chance(answer[1], zlib.decompress(answer[3])) for answer in (was, now)]
        if heads[0] != heads[1] or bodies[0] != bodies[1]:
            texts = [
                [head, *sight.lines(answer[1], body)]
                for head, answer, body in zip(heads, (was, now), bodies, strict=True)
            ]
            if texts[0] != texts[1]:
                report.differs("page", engine, name, *texts)
            elif was[1].startswith("text/html"):
                report.seen["pages that differ in markup only"] += 1
        if len(now[4]) > len(was[4]):
            counts = [Counter(answer[4]) for answer in (was, now)]
            texts = [[f"{count} × {what}" for what, count in sorted(counted.items())] for counted in counts]
            report.differs("statements", engine, name, *texts, note=f": {len(was[4])} → {len(now[4])}")
        report.seen["pages with fewer statements"] += len(now[4]) < len(was[4])
    for key, links in before["links"].items():
        for address in sorted(links.keys() ^ after["links"][key].keys()):
            only = "before" if address in links else "after"
            where = links.get(address) or after["links"][key][address]
            change = [[f"[a href={address}] on {where}"], []]
            sides = change if only == "before" else change[::-1]
            report.differs("link", engine, f"{key[0]} {address}", *sides)


def _head(answer: tuple[Any, ...]) -> str:
    status, kind, sent_on = answer[:3]
    return f"{status} {kind} {sent_on}".strip()


def compare_mails(
    engine: str, before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]], report: Report
) -> None:
    """The mails of the old demonstration's outbox, as each side words them."""
    for key in dict.fromkeys([*before, *after]):
        report.seen[f"mails on {engine}"] += 1
        was, now = before.get(key, ()), after.get(key, ())
        if was != now:
            texts = [_read(mail) for mail in (was, now)]
            report.differs("mail", engine, key, *texts)


def _read(mail: tuple[str, ...]) -> list[str]:
    """The lines of a mail: its heads, its text, what its HTML shows, what hangs on it."""
    said = []
    for part in mail:
        is_page = part.startswith("text/html")
        said += sight.lines("text/html", part.encode()) if is_page else part.splitlines()
    return said


def compare_rows(before: dict[str, list[str]], after: dict[str, list[str]], report: Report) -> None:
    """The rows that each side's own demonstration leaves: columns, and rows, that one side only has."""
    for table in sorted(before.keys() | after.keys()):
        texts = [side.get(table, []) for side in (before, after)]
        report.seen["rows of its own demonstration"] += len(texts[1])
        if texts[0] == texts[1]:
            continue
        sides = [[ast.literal_eval(text) for text in rows] for rows in texts]
        columns = [set(rows[0]) for rows in sides if rows]
        both = set.intersection(*columns)
        counts = [Counter(sight.row(row, both) for row in rows) for rows in sides]
        was, now = (
            [f"column {name}" for row in rows[:1] for name in row if name not in both]
            + sorted((counted - counts[not number]).elements())
            for number, (rows, counted) in enumerate(zip(sides, counts, strict=True))
        )
        if not was and not now:
            now = ["numbers of rows, secrets or the order of rows"]
        report.differs("rows", "", table, was, now)
