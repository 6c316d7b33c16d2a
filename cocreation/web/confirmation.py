"""An act on many things is asked about before it is done: with their number, in the reader's language, and
without a script.

The first time a form is sent, the answer is a page with the question and all that was sent; “yes” sends it
once more with the number that was shown. Where the number is another one meanwhile, it is asked anew.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, request
from flask.typing import ResponseReturnValue

from cocreation.web.rendering import render

# The field that says what was answered: the number that was shown, or "no".
ANSWER = "confirmed"
NO = "no"
LEFT_OUT = ("csrf_token", ANSWER)


def is_to_ask(number: int) -> bool:
    """Whether an act on `number` things is still to be asked about; on none the act itself refuses."""
    return number > 0 and request.form.get(ANSWER) != str(number)


def was_declined() -> bool:
    """Whether the question was answered with no: the form is then shown again as it was sent."""
    return request.form.get(ANSWER) == NO


def first(
    number: int,
    question: str,
    yes: str,
    back: str,
    subjects: Sequence[str] = (),
    kind: str = "primary",
) -> ResponseReturnValue | None:
    """What a button of its own address answers instead of acting: the question, or the way back to the page
    it stood on after a no; None once it can act.
    """
    if was_declined():
        return redirect(back)
    return ask(question, yes, number, subjects, kind) if is_to_ask(number) else None


def certain(
    question: str, yes: str, back: str, *subjects: str, explained: str = ""
) -> ResponseReturnValue | None:
    """The same for a button that does to one thing what cannot be undone."""
    if was_declined():
        return redirect(back)
    return ask(question, yes, 1, subjects, "danger", explained=explained) if is_to_ask(1) else None


def ask(
    question: str,
    yes: str,
    number: int,
    subjects: Sequence[str] = (),
    kind: str = "primary",
    *,
    explained: str = "",
) -> ResponseReturnValue:
    """The page with the question. `yes` is what the button says that does it; `subjects` are what it is done
    to, by their references; `explained` is what then follows.
    """
    return render(
        "confirm.html",
        question=question,
        yes=yes,
        number=number,
        subjects=subjects,
        explained=explained,
        kind=kind,
        sent=[pair for pair in request.form.items(multi=True) if pair[0] not in LEFT_OUT],
    )
