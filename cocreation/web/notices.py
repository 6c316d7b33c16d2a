"""What a page says above all else of how something stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.core.database import Translated
from cocreation.languages.i18n import Lazy


@dataclass(frozen=True)
class PageNotice:
    """`kind` is that of `components/notice.html`; `said` is what the staff wrote, below the sentences."""

    kind: str
    sentences: Sequence[Lazy | str]
    said: Translated | None = None
