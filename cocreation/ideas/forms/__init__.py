"""Forms of ideas: sending one, entering one that came on paper, narrowing their list."""

from cocreation.ideas.forms.entering import EntryForm, read_message
from cocreation.ideas.forms.listing import FilterForm, key
from cocreation.ideas.forms.sending import EmailForm, IdeaForm, WordsForm

__all__ = ["EmailForm", "EntryForm", "FilterForm", "IdeaForm", "WordsForm", "key", "read_message"]
