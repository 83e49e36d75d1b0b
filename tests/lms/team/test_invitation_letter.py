"""The letter of an invitation: a link in both languages, and nothing that names."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from lms.mail.models import Letter
from lms.mail.outbox import REGISTER
from lms.models import Cohort
from lms.team.actions import redeem, take_back
from lms.team.letters import invitation as draw
from tests.lms.team.inviting import invited, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def invitation(cohort, tomas):
    return invited(cohort, by=tomas, at=timezone.now(), name="Bruno Xicará")


def test_letter_carries_the_link_in_both_languages(invitation):
    token = token_of(invitation)

    assert draw(Letter.objects.get()) == {
        "url_es": f"{settings.SITE_URL}/es/join/{token}/",
        "url_en": f"{settings.SITE_URL}/en/join/{token}/",
        "until_es": said(invitation, "es"),
        "until_en": said(invitation, "en"),
    }


def said(invitation, language):
    with override(language):
        return date_format(invitation.until_on, "DATE_FORMAT")


def test_letter_names_neither_cohort_nor_people(invitation, cohort, tomas):
    facts = draw(Letter.objects.get()) | {"site_name": "Campus"}

    subject = render_to_string("mail/invitation_subject.txt", facts)
    text = render_to_string("mail/invitation.txt", facts)

    assert "\n" not in subject.strip()
    assert facts["url_es"] in text
    assert facts["until_en"] in text
    for word in (cohort.name, "Tomás", "Bruno", "Guatemala", "&#"):
        assert word not in subject + text


def test_letter_is_drawn_by_its_name(db):
    assert REGISTER["invitation"] == "lms.team.letters.invitation"


def test_letter_of_what_is_over_is_not_sent(invitation, cohort, tomas, bruno):
    letter, now = Letter.objects.get(), timezone.now()
    assert draw(letter) is not None

    Cohort.objects.update(archived_at=now)
    assert draw(letter) is None
    Cohort.objects.update(archived_at=None)
    redeem(invitation, by=bruno, at=now)
    assert draw(letter) is None

    other = invited(cohort, by=tomas, at=now, address="x@example.org")
    take_back(other, at=now)
    assert draw(Letter.objects.get(address="x@example.org")) is None


def test_letter_of_who_trains_there_no_more_is_not_sent(invitation, tomas):
    letter = Letter.objects.get()

    tomas.mandates.update(ended_at=timezone.now(), ended_reason="over")

    assert draw(letter) is None
