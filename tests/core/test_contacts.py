"""One mailbox has one spelling, as has one telephone number; what is none is refused."""

import pytest

from cocreation.core.contacts import deliverable, is_email, is_phone, mailbox, phone_number


@pytest.mark.parametrize(
    "typed",
    [
        "0612345678",
        "06 12-34 56 78",
        "+212 (0)6 12 34 56 78",
        "+212 ( 0 ) 612345678",
        "00212 (0)612345678",
        "+2120612345678",
        "٠٦١٢٣٤٥٦٧٨",
        "+٢١٢ (٠)٦١٢٣٤٥٦٧٨",
        "(06) 12345678",
        "212612345678",
        "2120612345678",
        "612345678",
        "06/12/34/56/78",
        "06‑12‑34‑56‑78",
        "\u200e+212 6 12 34 56 78\u200e",
        "\u202a+212612345678\u202c",
        "\u2068\u0660\u0666 12 34 56 78\u2069",
        "+212\u00a0612\u202f345\u202f678",
        "\ufeff0612345678\u200b",
    ],
)
def test_one_number_has_one_spelling(typed):
    assert is_phone(typed)
    assert phone_number(typed) == "+212612345678"


def test_nine_digits_are_moroccan_only_as_moroccan_numbers_begin():
    begun = [phone_number(f"{digit}12345678") for digit in "12345678"]
    assert begun == [f"+{d}12345678" if d < 5 else f"+212{d}12345678" for d in range(1, 9)]


def test_other_zeros_stay():
    assert phone_number("+33 (0)1 40 20 50 50") == "+33140205050"
    assert phone_number("+225 07 08 09 10 11") == "+2250708091011"


def test_an_international_number_has_fifteen_digits_at_most():
    assert is_phone("+123456789012345")
    assert is_phone("00123456789012345")
    assert not is_phone("+1234567890123456")
    assert not is_phone("123456789012345678")


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        (" Name@EXAMPLE.org", "name@example.org"),
        ("name+tag@example.org", "name+tag@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("A@B\u00dcCHER.example", "a@b\u00fccher.example"),
        ("a@bu\u0308cher.example", "a@b\u00fccher.example"),
        ("a@XN--BCHER-KVA.example", "a@b\u00fccher.example"),
        ("x@مثال.إختبار", "x@مثال.إختبار"),
        ("x@xn--mgbh0fb.xn--kgbechtv", "x@مثال.إختبار"),
        ("مثال@مثال.إختبار", "مثال@مثال.إختبار"),
        ("ame\u0301@example.org", "amé@example.org"),
        ("name@ｅxample.org", "name@example.org"),
        ("\u200ename@example.org\u200e", "name@example.org"),
        ("\u2068name@example.org\u2069", "name@example.org"),
        ("na\u200bme@exam\u200eple.org\u00a0\u00ad", "name@example.org"),
    ],
)
def test_one_mailbox_has_one_spelling(typed, spelled):
    assert mailbox(typed) == spelled == mailbox(spelled)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "name",
        "(1)name@example.org",
        "name(1)@example.org",
        "name@example.org(3)",
        "name@(3)example.org",
        '"na me"@example.org',
        '"name"@example.org',
        "Name <name@example.org>",
        "name@[192.0.2.1]",
        "name@localhost",
        "name@machine.local",
        "a..b@example.org",
        ".a@example.org",
        "name@example..org",
        "name@example.org.",
        "a@b@example.org",
        "name@exa_mple.org",
        "name@xn--a.org",
        "na\u00adme@example.org",
        "na\u202eme@example.org",
        "na\0me@example.org",
        "na\nme@example.org",
        "name@exam ple.org",
        "x" * 65 + "@example.org",
        "x@" + "a" * 64 + ".org",
        "x@" + "abcdefgh." * 30 + "org",
    ],
)
def test_what_is_no_address_or_one_of_endless_spellings_is_refused(typed):
    assert not is_email(typed)
    assert mailbox(typed) == ""


def test_mail_servers_are_given_an_internationalised_domain_in_ascii():
    assert deliverable("x@مثال.إختبار") == "x@xn--mgbh0fb.xn--kgbechtv"
    assert deliverable("name@example.org") == "name@example.org"
