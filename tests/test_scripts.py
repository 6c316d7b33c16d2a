"""The scripts' own tests, by node's runner, and the files that are joined of parts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.join import join

ROOT = Path(__file__).parents[1]
NODE = shutil.which("node", path=f"{os.environ['PATH']}{os.pathsep}{ROOT}/.venv/bin")


def node(*arguments: object) -> None:
    assert NODE, "make setup brings node where the machine has none"
    run = subprocess.run([NODE, *map(str, arguments)], cwd=ROOT, text=True, capture_output=True)
    if run.returncode:
        pytest.fail(run.stdout + run.stderr, pytrace=False)


def test_the_scripts_pass_their_own_tests():
    node("--test", *sorted(ROOT.glob("tests/scripts/*.test.js")))


@pytest.mark.parametrize("main", sorted(ROOT.glob("static/*/*/main.*")), ids=lambda main: main.parent.name)
def test_what_is_served_is_what_its_parts_say(main):
    served = main.parent.with_suffix(main.suffix)
    assert served.read_text() == join(main), "make setup joins it"
    if served.suffix == ".js":
        node("--check", served)
