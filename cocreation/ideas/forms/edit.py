"""The form in which an author rewords an idea."""

from __future__ import annotations

from cocreation.cycles.models import Theme
from cocreation.directory.models import Region
from cocreation.ideas.words import IdeaWords
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import Form, choose, paragraph
from cocreation.web.rendering import translated_text


class EditForm(Form):
    """What an idea says and is about, under the names of `IdeaWords`."""

    proposal = paragraph(_l("Your idea"))
    problem = paragraph(_l("The problem"), required=False)
    expected_result = paragraph(_l("The result you expect"), required=False)
    theme_id = choose(_l("Theme"), [], required=False)
    region_code = choose(_l("Region"), [], required=False)

    def offer(self, themes: list[Theme], regions: list[Region]) -> None:
        self.theme_id.choices = [
            ("", _l("I do not know")),
            *((str(theme.id), translated_text(theme.name)) for theme in themes),
        ]
        self.region_code.choices = [
            ("", _l("The whole country")),
            *((region.code, translated_text(region.name)) for region in regions),
        ]

    def words(self) -> IdeaWords:
        return IdeaWords(
            proposal=self.proposal.data,
            problem=self.problem.data or None,
            expected_result=self.expected_result.data or None,
            theme_id=int(self.theme_id.data) if self.theme_id.data else None,
            region_code=self.region_code.data or None,
        )
