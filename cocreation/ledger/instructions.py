"""How anyone verifies the register without us. It stands on its page, and the tests run it as it stands."""

from __future__ import annotations

from cocreation.ledger.models import Checkpoint

SCRIPT = """\
import hashlib, json, sys
number, previous = 0, "0" * 64
for line in open("register.jsonl", encoding="utf-8"):
    number, entry = number + 1, json.loads(line)
    if (entry["number"], entry["previous"]) != (number, previous):
        sys.exit(f"Entry {number} is missing or out of place.")
    previous = hashlib.sha256(f"{previous}\\n{entry['content']}".encode()).hexdigest()
    if entry["hash"] != previous:
        sys.exit(f"Entry {number} was altered.")
print(f"{number} entries, none altered. The last hash is {previous}")
"""


def commands(checkpoint: Checkpoint) -> str:
    """The commands that verify the signature of a checkpoint with openssl, beside the downloaded key."""
    return f"""\
printf %s "{checkpoint.text}" > checkpoint.txt
printf %s "{checkpoint.signature}" | openssl base64 -d -A > checkpoint.sig
openssl pkeyutl -verify -pubin -inkey register-key.pem -rawin -in checkpoint.txt -sigfile checkpoint.sig
"""
