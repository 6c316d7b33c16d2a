"""What the documents say can be run is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ("reliability.md", "security.md")


@pytest.mark.parametrize("name", DOCS)
def test_every_test_a_document_names_exists(name):
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", (ROOT / "docs" / name).read_text())
    assert named
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (ROOT / path).exists() or f"def {test}" not in (ROOT / path).read_text()
    ]
    assert not missing
