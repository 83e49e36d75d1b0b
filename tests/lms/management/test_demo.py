"""The demo's command: where it refuses to run, and the password it keeps."""

from stat import S_IMODE

import pytest
from django.core.management import CommandError, call_command

from lms.management.commands.demo import the_password
from lms.models import User


def test_demo_refuses_where_real_people_are(db):
    with pytest.raises(CommandError):
        call_command("demo")

    assert not User.objects.exists()


def test_the_password_is_the_one_that_is_given(monkeypatch, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    monkeypatch.setenv("DEMO_PASSWORD", "a-given-password")

    assert the_password() == "a-given-password"
    assert list(tmp_path.iterdir()) == []


def test_the_password_is_made_once_and_kept_from_others(
    monkeypatch, settings, tmp_path
):
    settings.STATE_DIR = tmp_path
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)

    first = the_password()

    assert len(first) > 12
    assert the_password() == first
    assert S_IMODE((tmp_path / "demo-password").stat().st_mode) == 0o600
