"""What `make check` says of the sentences of a language."""

import pytest
from babel.messages import Message

from translations import catalogues

TYPOGRAPHY = ["plain space before : ; ? ! » or after «"]
REGION = ["«جهة» is a region, an institution is «إدارة»"]


@pytest.mark.parametrize(
    ("sentence", "faults"),
    [
        ("Nom\u00a0: «\u00a0%(name)s\u00a0»", []),
        ("Êtes-vous là\u202f?", []),
        ("à 14:30, voir https://exemple.org", []),
        ("Nom : %(name)s", TYPOGRAPHY),
        ("Êtes-vous là ?", TYPOGRAPHY),
        ("«\u00a0%(name)s »", TYPOGRAPHY),
        ("« %(name)s\u00a0»", TYPOGRAPHY),
    ],
)
def test_french_signs_stay_with_their_words(sentence, faults):
    assert catalogues.misworded("fr", Message("English", sentence)) == faults
    assert catalogues.misworded("ar", Message("English", sentence)) == []


@pytest.mark.parametrize(
    ("english", "sentence", "faults"),
    [
        ("Every region", "كل الجهات", []),
        ("By region and institution", "حسب الجهة والإدارة", []),
        ("The mail to you", "الرسالة الموجهة إليكم", []),
        ("%(name)s was invited", "وُجهت الدعوة إلى %(name)s", []),
        ("You were invited", "وجهت إليكم الدعوة", []),
        ("An institution answers", "تجيب الإدارة", []),
        ("An institution answers", "تجيب الجهة", REGION),
        ("to another body", "وإلى جهات أخرى", REGION),
        ("by two institutions", "من طرف جهتين", REGION),
        ("to the ministry", "للجهة المعنية", REGION),
        ("on our side", "من جهتنا", REGION),
    ],
)
def test_an_institution_is_no_region(english, sentence, faults):
    assert catalogues.misworded("ar", Message(english, sentence)) == faults


def test_each_plural_form_is_looked_at():
    forms = ("من إدارة واحدة", "من إدارتين", "من %(count)s جهات")
    message = Message(("from %(count)s institution", "from %(count)s institutions"), forms)
    assert catalogues.misworded("ar", message) == REGION
