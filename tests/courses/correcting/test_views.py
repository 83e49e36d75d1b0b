"""Correcting a key in the editors' area, by two persons who follow links."""

import pytest
from django.urls import reverse

from courses.correcting import actions
from courses.correcting.tasks import grade_attempts_anew
from courses.models import KeyCorrection, QuestionVersion
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_two_editors_correct_a_key(client, elena, pablo, version, taken):
    attempt = taken("c")
    client.force_login(elena)
    inspect = reverse("question:inspect", args=[version.question_id])
    ask = reverse("propose_key", args=[version.pk])
    assert ask in words(client.get(inspect, headers=ENGLISH))
    assert "Key until now: Dos" in words(client.get(ask, headers=ENGLISH))

    answer = client.post(ask, {"q-1": "3", "reason": "Protocolo, art. 3"})
    row = KeyCorrection.objects.get()
    page = reverse("key_correction", args=[row.pk])
    assert answer.url == page
    mine = words(client.get(page, headers=ENGLISH))
    assert "Somebody else has to approve it." in mine
    assert "Attempts that gain a point: fewer than 5" in mine
    assert client.get(ask).url == page

    client.force_login(pablo)
    assert f'<a href="{page}">C1-F-single</a>' in words(client.get("/admin/"))
    other = words(client.get(page, headers=ENGLISH))
    approve = reverse("approve_key", args=[row.pk])
    assert approve in other
    client.post(approve)
    grade_attempts_anew.call(row.pk)

    attempt.refresh_from_db()
    assert attempt.points == 5
    assert "were graded anew on" in words(client.get(page, headers=ENGLISH))


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"reason": "x"}, "Choose what is right."),
        ({"q-1": "2", "reason": "x"}, "This is the key that the question has."),
        ({"q-1": "3", "reason": ""}, "Write why the key is wrong, with the source."),
        ({"q-1": "9", "reason": "x"}, "Choose an answer for every part"),
    ],
)
def test_what_is_missing_is_said(client, elena, version, posted, sentence):
    client.force_login(elena)
    ask = reverse("propose_key", args=[version.pk])
    answer = client.post(ask, posted, headers=ENGLISH)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not KeyCorrection.objects.exists()


def test_a_matching_key_can_be_corrected(client, elena, edition):
    version = QuestionVersion.objects.get(question__code="C1-F-matching")
    client.force_login(elena)
    posted = {"q-1-1": "1", "q-1-2": "2", "reason": "x"}
    client.post(reverse("propose_key", args=[version.pk]), posted)
    assert KeyCorrection.objects.get().correct == {"1": "A", "2": "B"}


def test_who_proposed_cannot_approve(client, elena, proposed):
    client.force_login(elena)
    answer = client.post(
        reverse("approve_key", args=[proposed.pk]), headers=ENGLISH, follow=True
    )
    assert "Somebody else has to approve what you proposed." in words(answer)
    proposed.refresh_from_db()
    assert proposed.approved_at is None


def test_a_proposal_is_withdrawn(client, pablo, proposed):
    client.force_login(pablo)
    client.post(reverse("withdraw_key", args=[proposed.pk]))
    assert not KeyCorrection.objects.exists()


def test_what_is_in_force_stays(client, elena, pablo, proposed):
    actions.approve_key(proposed, by=pablo, at=NOON)
    client.force_login(elena)
    answer = client.post(
        reverse("withdraw_key", args=[proposed.pk]), headers=ENGLISH, follow=True
    )
    assert "This correction is in force." in words(answer)
    assert KeyCorrection.objects.exists()


def test_others_correct_no_key(client, version, proposed):
    client.force_login(PersonFactory(is_staff=True))
    for name, key in (("propose_key", version.pk), ("key_correction", proposed.pk)):
        answer = client.get(reverse(name, args=[key]))
        assert answer.status_code in {302, 403}
        assert "Protocolo, art. 3" not in answer.content.decode()


def test_a_learner_reads_the_right_key(client, edition, taken, proposed, pablo):
    attempt = taken("c")
    actions.approve_key(proposed, by=pablo, at=NOON)
    actions.grade_anew(proposed, at=NOON)
    client.force_login(attempt.enrolment.learner)
    page = words(client.get(reverse("attempt", args=[attempt.pk]), headers=ENGLISH))
    assert "KEYc1-f-single" in page or "Tres" in page
