"""Forms of who backs an idea."""

from __future__ import annotations

from cocreation.backing.models import Rhythm
from cocreation.backing.services.backings import BackingWish
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import BooleanField, Form, choose, email


class WishForm(Form):
    supports = BooleanField(_l("I support this idea"))
    follows = choose(
        _l("Write to me about it"),
        lambda: [("", _l("never")), *((rhythm.value, rhythm.label) for rhythm in Rhythm)],
        required=False,
    )

    def wish(self) -> BackingWish:
        return BackingWish(self.supports.data, Rhythm(self.follows.data) if self.follows.data else None)


class BackingForm(WishForm):
    email = email(
        _l("E-mail"),
        description=_l("We send it one mail, to confirm that it is really you. It is never published."),
    )
