"""Whatever editors do to a tree: who is asked for a page can reach it, and finish it.

Trees and acts are drawn by chance. What the product says is held to a second reckoning,
to what its addresses answer, and to each other.
"""

import pytest
from django.core.cache import caches
from django.db import transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from certificates.recount.reach import PAGE, keys_asked
from courses import actions
from courses.addresses import url_of
from courses.models import Activity, Enrolment, LessonPage, ModulePage
from courses.outline import outline
from courses.progress import progress_of
from courses.reach import asked_among
from courses.tasks import settle_open_enrolments
from courses.ticks import place_of, ticks_of
from tests import factories
from tests.courses.paths import make_three_modules

LANGUAGES = ["es", "en"]
ACTS = {
    "take down alone": lambda page: page.specific.unpublish(),
    "take down with what is below": lambda page: [
        one.specific.unpublish()
        for one in page.get_descendants(inclusive=True).filter(live=True)
    ],
    "publish": lambda page: page.specific.save_revision().publish(),
    "delete": lambda page: page.specific.delete(),
    "move": lambda page: _move(page),
}
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(sorted(ACTS)), st.sampled_from(LANGUAGES), st.integers(0, 9)
    ),
    max_size=5,
)


def _move(page):
    """Bring a lesson to another module of its language, whatever stands in the way."""
    if isinstance(page.specific, LessonPage):
        modules = ModulePage.objects.filter(locale=page.locale).not_parent_of(page)
        if target := modules.last():
            page.move(target, pos="last-child")


def do(act, language, place):
    """Do it to one of the pages of a course that are left, by their place."""
    pages = Page.objects.filter(depth__gte=3, locale__language_code=language)
    if pages:
        page = pages.order_by("path")[place % len(pages)]
        ACTS[act](page)


def settle():
    for queued in DBTaskResult.objects.ready().filter(
        task_path=settle_open_enrolments.module_path
    ):
        settle_open_enrolments.call(*queued.args_kwargs["args"])
    caches["pages"].clear()


def check_what_is_asked(keys):
    reckoned = keys_asked(Page.objects.values(*PAGE), Activity.objects.values())
    assert asked_among(keys) == set(reckoned)


def check_the_reader(client, person, enrolment, language):
    """Whoever is asked for something is led to it, and all that counts counts alike."""
    progress = progress_of(enrolment, language=language)
    entries = outline(enrolment.course_id, language)
    ticks = ticks_of(person, enrolment.course_id)
    counted = ticks.counted(entries)
    shown = {entry.key for entry in entries}

    assert len(counted) == progress.total
    assert {row.key for row in progress.missing if row.url} <= shown
    assert all(row.url for row in progress.missing if not row.is_final)
    places = [place_of(row.activity_id, entries, ticks) for row in counted]
    assert places == [(at, len(counted)) for at in range(1, len(counted) + 1)]
    for entry in entries:
        assert client.get(entry.url).status_code == 200


def check_the_addresses(client):
    """A lesson below something that was taken down is down as well."""
    for page in LessonPage.objects.select_related("locale"):
        is_open = page.live and not page.get_ancestors().filter(live=False).exists()
        url = url_of(page.url_path, page.locale.language_code)
        assert client.get(url).status_code == (200 if is_open else 404)


@pytest.fixture
def begun(ana, at):
    """An enrolment of a judge who has done the final test and one lesson."""
    edition = factories.make_edition(make_three_modules())
    enrolment = factories.EnrolmentFactory(learner=ana, edition=edition)
    first, *_others, final = [row.activity for row in edition.activities.all()]
    for activity in (first, final):
        actions.complete_activity(
            enrolment, activity=activity, language="es", revision=None, at=at
        )
    return enrolment


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=CHANGES)
def test_what_is_asked_can_be_reached_and_finished(client, ana, begun, changes):
    keys = list(begun.edition.activities.values_list("activity", flat=True))
    client.force_login(ana)
    with transaction.atomic():
        for change in changes:
            do(*change)
        settle()

        check_what_is_asked(keys)
        check_the_addresses(client)
        for language in LANGUAGES:
            check_the_reader(client, ana, begun, language)
        now = Enrolment.objects.get(pk=begun.pk)
        missing = progress_of(now, language="es").missing
        assert now.completed_at is not None or missing
        for row in missing:
            path = reverse("finish_lesson", args=[row.key])
            assert client.post(path).status_code == (409 if not row.url else 302)
        if all(row.url for row in missing):
            assert Enrolment.objects.get(pk=begun.pk).completed_at is not None

        transaction.set_rollback(True)
    caches["pages"].clear()
