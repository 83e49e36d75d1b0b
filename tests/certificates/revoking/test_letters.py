"""What the holder is told, and what stays when they are erased."""

from datetime import timedelta

import pytest

from certificates.revoking.letters import certificate_changed
from certificates.revoking.records import changes_of
from lms.approvals.models import Approval
from lms.mail.models import Letter
from lms.people.actions import erase

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("error", ["revoked on 2 November 2026", "issued in error", "not valid any"]),
        ("inquiry", ["suspended on 2 November 2026", "under inquiry", "inquiry ends"]),
    ],
)
def test_the_letter_says_what_happened_why_and_when(changed, ana, why, words):
    ana.language = "en"
    ana.save()
    award = changed(why)

    letter = Letter.objects.get(person=ana)
    facts = certificate_changed(letter)

    assert [word for word in words if word not in facts["what"]] == []
    assert facts["url"].endswith(f"/en/certificates/{award.pk}/")
    assert "Oficio" not in facts["what"]


def test_the_letter_says_when_a_suspension_was_lifted(changed, ana, at):
    changed("inquiry")
    changed("cleared", at=at + timedelta(hours=1))

    said = certificate_changed(Letter.objects.order_by("pk").last())["what"]

    assert "2 de noviembre de 2026" in said


def test_what_only_was_asked_for_is_in_no_letter_and_no_export(asked, ana):
    asked()

    assert not Letter.objects.exists()
    assert changes_of(ana, "en") == []


def test_the_export_holds_what_was_done(changed, ana, at):
    changed("request")

    assert changes_of(ana, "en") == [{"reason": "at the holder’s request", "at": at}]


def test_of_an_erased_holder_no_written_reason_stays(changed, ana, admin, at):
    changed("error")

    erase(ana, by=admin, at=at)

    approval = Approval.objects.get(kind="certificate")
    assert approval.reason == "—"
    assert ana.certificates.get().revoked_reason == "—"
    assert ana.certificates.get().revoked_for == "error"
