"""Whoever agreed to an older privacy notice is asked again at the next sign-in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.models import Consent
from lms.people.actions import agree

AGREE = "/es/account/agree/"


@pytest.fixture
def agreed(ana):
    """Return a function that lets Ana have agreed to a version."""
    return lambda version: agree(
        ana, version=version, at=timezone.now() - timedelta(days=1)
    )


def test_older_agreement_is_asked_for_again(ana, agreed, sign_in):
    agreed("2025-01-01")

    assert sign_in(ana)["Location"] == AGREE


def test_page_that_was_asked_for_is_kept(ana, agreed, sign_in, client):
    agreed("2025-01-01")

    asked = sign_in(ana, next="/es/account/profile/")
    page = client.get(asked["Location"]).content.decode()
    answer = client.post(AGREE, {"next": "/es/account/profile/"})

    assert asked["Location"] == f"{AGREE}?next=%2Fes%2Faccount%2Fprofile%2F"
    assert 'name="next" value="/es/account/profile/"' in page
    assert answer["Location"] == "/es/account/profile/"


def test_agreement_to_the_newest_notice_is_not_asked_for(
    ana, agreed, sign_in, settings
):
    agreed("2025-01-01")
    agreed(settings.PRIVACY_NOTICE_VERSION)

    assert sign_in(ana)["Location"] == "/es/my-learning/"


def test_agreeing_is_recorded_once(ana, client, settings):
    client.force_login(ana)

    answers = [client.post(AGREE) for _twice in range(2)]

    assert {answer["Location"] for answer in answers} == {"/es/my-learning/"}
    assert Consent.objects.get().version == settings.PRIVACY_NOTICE_VERSION


def test_agreeing_does_not_lead_to_other_sites(ana, client):
    client.force_login(ana)

    answer = client.post(AGREE, {"next": "https://elsewhere.example/"})

    assert answer["Location"] == "/es/my-learning/"


def test_page_says_what_is_new_and_how_to_leave(ana, client):
    client.force_login(ana)

    page = client.get("/en/account/agree/").content.decode()

    assert "The privacy notice has changed" in page
    assert "/en/privacy/" in page
    assert "/en/account/my-data/close/" in page


def test_page_is_of_people_who_are_signed_in(client, db):
    assert client.get(AGREE).status_code == 302
