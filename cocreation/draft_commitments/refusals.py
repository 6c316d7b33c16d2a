"""Why a proposal, a draft or a remark is not taken."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class ProposalClosed(AlreadyDone):
    sentence = _l("This proposal was accepted or withdrawn meanwhile. Nothing was changed.")


class ProposalNotToDecide(AlreadyDone):
    sentence = _l("This proposal does not wait for the secretariat any more. Nothing was changed.")


class NothingToShare(Invalid):
    sentence = _l("Choose at least one draft that is not shared with the committee yet.")


class DraftIsPublic(Refusal):
    sentence = _l("This text is public, and no draft follows it: remarks are made on drafts.")


class SectionGone(Refusal):
    sentence = _l("The section you chose is no longer in the draft. Choose another, or the whole sheet.")
