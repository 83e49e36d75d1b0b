"""A rewritten lesson is owed by holders, if whoever opens the delta says so."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from courses import actions
from courses.models import Edition, LessonPage
from lms.refusals import Refused
from tests import factories

DAY = timedelta(days=1)


@pytest.fixture
def lesson(course_page, edition):
    """Its first lesson, rewritten since: a block is other, one gone, one new."""
    page = LessonPage.objects.get(slug="leccion-1")
    raw = page.body.get_prep_value()
    raw[0]["value"]["body"] = "<p>Texto nuevo de la lección C1-1.</p>"
    raw[2] = {
        "type": "steps",
        "id": "0b6c2b4e-0000-4000-8000-000000000001",
        "value": {
            "heading": "Qué hacer",
            "items": [
                {
                    "type": "item",
                    "id": "0b6c2b4e-0000-4000-8000-000000000002",
                    "value": {"heading": "Llame", "text": "A la autoridad."},
                }
            ],
            "source": "",
        },
    }
    page.body = raw
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def delta(course_page, at, *, again=(), kind=Edition.Kind.DELTA):
    return actions.open_edition(course_page, kind=kind, by=None, at=at, again=again)


def owed(enrolment) -> list[str]:
    rows = actions.enrolments.activities_of(enrolment)
    return [row.number for row in rows]


def test_a_holder_owes_what_is_read_again_and_nothing_more(
    course_page, edition, lesson, ana, bruno, at
):
    key = lesson.translation_key
    factories.EnrolmentFactory(learner=ana, edition=edition, completed_at=at)
    before = list(edition.activities.values())

    opened = delta(course_page, at + DAY, again={key})
    corrected = delta(course_page, at + 2 * DAY, kind=Edition.Kind.CORRECTION)
    held = actions.enrol(ana, course=opened.course, at=at + 2 * DAY)
    new = actions.enrol(bruno, course=opened.course, at=at + 2 * DAY)

    assert (held.full, owed(held)) == (False, ["1.1"])
    assert (new.full, owed(new)) == (True, ["1.1", "1.2", "1.3", "2"])
    assert (held.edition, list(edition.activities.values())) == (corrected, before)
    activity = opened.activities.get(activity=key).activity
    assert actions.complete_activity(
        held, activity=activity, language="es", revision=None, at=at + 3 * DAY
    )


def test_what_was_read_before_the_former_edition_counts_no_more(
    course_page, edition, lesson, ana, at
):
    key = lesson.translation_key
    left = factories.EnrolmentFactory(learner=ana, edition=edition)
    activity = edition.activities.get(activity=key).activity
    actions.complete_activity(
        left, activity=activity, language="es", revision=None, at=at
    )
    actions.withdraw(left, at=at)
    factories.EnrolmentFactory(learner=ana, edition=edition, completed_at=at)
    opened = delta(course_page, at + DAY, again={key})

    held = actions.enrol(ana, course=opened.course, at=at + 2 * DAY)

    assert not held.completions.exists()


def test_only_a_delta_asks_for_it_and_only_of_what_was_rewritten(
    course_page, edition, lesson, at
):
    other = LessonPage.objects.get(slug="leccion-2").translation_key

    for kind, again, reason in (
        (Edition.Kind.NEW_RUN, lesson.translation_key, "again-only-in-a-delta"),
        (Edition.Kind.DELTA, other, "again-not-rewritten"),
    ):
        with pytest.raises(Refused) as refusal:
            delta(course_page, at + DAY, again={again}, kind=kind)
        assert refusal.value.reasons == [reason]

    assert Edition.objects.get() == edition


def test_dialog_says_in_words_what_was_rewritten_and_takes_the_mark(
    client, admin, course_page, edition, lesson, ana, at
):
    admin.groups.add(Group.objects.get(name="Moderators"))
    admin.language = "en"
    admin.save()
    client.force_login(admin)
    address = reverse("open_edition", args=[course_page.pk])

    shown = client.get(address, headers={"accept-language": "en"}).text
    refused = client.post(
        address, {"kind": "new-run", "again": [str(lesson.translation_key)]}
    )
    client.post(address, {"kind": "delta", "again": [str(lesson.translation_key)]})

    assert "Texto <ins>nuevo</ins> de la lección C1-1." in shown
    assert "“Qué hacer”" in shown
    assert "<ins>A la autoridad.</ins>" in shown
    assert "Lección 2" not in shown
    assert refused.status_code == 409
    rows = Edition.objects.current().get().activities.filter(read_again=True)
    assert [row.activity_id for row in rows] == [lesson.translation_key]
    factories.EnrolmentFactory(learner=ana, edition=edition, completed_at=at)
    held = actions.enrol(ana, course=edition.course, at=at + DAY)
    client.force_login(ana)
    page = client.get(f"/es/learn/enrolments/{held.pk}/").text
    assert "Vuelva a leer, porque el texto cambió" in page
    assert "Bloque 1 (Texto), “Regla”: se reescribió" in page
    assert "<ins>" not in page
