"""What trying passwords costs who has stolen them. Other tests hash cheaply (tests/application.py)."""

from __future__ import annotations

import subprocess
import sys

from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

HASH = "from cocreation.accounts.services import hasher; print(hasher.hash('quatre mots'))"


def test_a_password_is_kept_as_dearly_as_rfc_9106_asks():
    kept = subprocess.run([sys.executable, "-c", HASH], capture_output=True, text=True, check=True).stdout
    cost, least = extract_parameters(kept.strip()), RFC_9106_LOW_MEMORY
    assert cost.type == least.type
    assert (cost.time_cost, cost.memory_cost) >= (least.time_cost, least.memory_cost)
    assert cost.parallelism >= least.parallelism
