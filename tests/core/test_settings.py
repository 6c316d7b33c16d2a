"""Settings come from the environment; each has a default a newcomer can run."""

import pytest

from cocreation.core import settings
from cocreation.core.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    for name in Settings.__dataclass_fields__:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def test_nothing_has_to_be_set():
    read = Settings.read()
    assert read.database_url.startswith("sqlite:///")
    assert read.mail_url.startswith("file:")
    assert read.rate_limits
    assert not read.testing
    assert not read.secure


def test_what_the_environment_says_counts_and_what_is_given_counts_more(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://example.org")
    monkeypatch.setenv("TRUSTED_PROXIES", "2")
    monkeypatch.setenv("MAIL_FROM", "us@example.org")
    read = Settings.read(mail_from="them@example.org")
    assert (read.base_url, read.trusted_proxies, read.mail_from) == (
        "https://example.org",
        2,
        "them@example.org",
    )
    assert read.secure


@pytest.mark.parametrize(
    ("said", "meant"), [("0", False), ("no", False), ("OFF", False), ("1", True), ("yes", True)]
)
def test_yes_and_no(monkeypatch, said, meant):
    monkeypatch.setenv("RATE_LIMITS", said)
    assert Settings.read().rate_limits is meant


def test_a_secret_key_is_made_once_and_readable_by_its_owner_only(home):
    first = Settings.read().secret_key
    assert len(first) >= 40
    assert Settings.read().secret_key == first
    assert (home / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_given_secret_key_writes_nothing(home, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")
    assert Settings.read().secret_key == "given"
    assert not (home / "var" / "secret_key").exists()
