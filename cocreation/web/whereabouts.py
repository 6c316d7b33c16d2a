"""What narrows a list, its order and its page stand in its address, and go along to what is opened from it:
whoever comes back finds the list as they left it.
"""

from __future__ import annotations

from typing import Any, TypeVar

from flask import request

from cocreation.core.enums import Named

Choice = TypeVar("Choice", bound=Named)


def kept(*names: str) -> dict[str, Any]:
    """What the address says under these names, to go along in another one."""
    return {name: request.args[name] for name in names if request.args.get(name)}


def one_of(choices: type[Choice], name: str) -> Choice | None:
    """What the address chooses under this name; None where that is nothing there is."""
    return next((choice for choice in choices if choice.value == request.args.get(name)), None)
