"""Administrators see failed tasks without what names people, and revive them."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from lms.audit.models import Event
from lms.queue.exceptions import GAVE_UP
from tests.factories import PersonFactory

LIST = "failed_tasks:index"
TRY_AGAIN = "failed_tasks:try_again"
TRY_ALL = "failed_tasks:try_all_again"


def with_permissions(*codenames):
    person = PersonFactory(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


@pytest.fixture
def admin_client(client, db):
    client.force_login(with_permissions("access_admin", "change_dbtaskresult"))
    return client


@pytest.fixture
def editor_client(client, db):
    client.force_login(with_permissions("access_admin"))
    return client


@pytest.fixture
def letter(make_failed):
    return make_failed(
        tries=1,
        exception_class_path=GAVE_UP,
        traceback="GiveUp: ana@example.org is unknown",
    )


def test_list_shows_dead_letters_without_arguments_or_messages(
    admin_client, letter, make_failed
):
    DBTaskResult.objects.filter(pk=letter.pk).update(
        task_path="courses.tasks.write_to", args_kwargs={"args": ["ana@example.org"]}
    )
    make_failed(tries=2, exception_class_path="builtins.ValueError")

    page = admin_client.get(reverse(LIST)).content.decode()

    assert "courses.tasks.write_to" in page
    assert GAVE_UP in page
    assert "ana@example.org" not in page
    assert "ValueError" not in page


def test_list_costs_the_same_queries_for_one_row_and_for_three(
    admin_client, letter, make_failed, django_assert_num_queries
):
    admin_client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as one:
        admin_client.get(reverse(LIST))
    for _ in range(2):
        make_failed(tries=5)

    with django_assert_num_queries(len(one)):
        admin_client.get(reverse(LIST))


def test_try_again_queues_the_task(admin_client, letter):
    answer = admin_client.post(reverse(TRY_AGAIN, args=[letter.pk]), follow=True)

    assert answer.redirect_chain == [(reverse(LIST), 302)]
    assert str(letter.pk) not in answer.content.decode()
    assert DBTaskResult.objects.get().status == "READY"


def test_try_again_says_when_there_is_nothing_to_revive(admin_client, make_failed):
    row = make_failed(tries=2)

    answer = admin_client.post(reverse(TRY_AGAIN, args=[row.pk]), follow=True)

    assert [str(m) for m in answer.context["messages"]] != []
    assert DBTaskResult.objects.get().status == "FAILED"


def test_try_again_only_answers_a_post(admin_client, letter):
    answer = admin_client.get(reverse(TRY_AGAIN, args=[letter.pk]))

    assert answer.status_code == 405
    assert DBTaskResult.objects.get().status == "FAILED"


def test_all_are_tried_again_at_once(admin_client, letter, make_failed):
    make_failed(tries=5)
    shown = admin_client.get(reverse(LIST)).content.decode()

    answer = admin_client.post(reverse(TRY_ALL), follow=True)

    assert f'action="{reverse(TRY_ALL)}"' in shown
    assert answer.redirect_chain == [(reverse(LIST), 302)]
    assert {task.status for task in DBTaskResult.objects.all()} == {"READY"}
    assert Event.objects.get().purpose == "all failed tasks tried again"
    assert reverse(TRY_ALL) not in answer.content.decode()


def test_nothing_is_tried_again_where_nothing_failed(admin_client, make_failed):
    make_failed(tries=2)

    answer = admin_client.post(reverse(TRY_ALL), follow=True)

    assert [str(m) for m in answer.context["messages"]] != []
    assert DBTaskResult.objects.get().status == "FAILED"


def test_all_are_tried_again_by_those_only_who_may(editor_client, letter):
    shown = editor_client.post(reverse(TRY_ALL))

    assert (shown.status_code, shown.url) == (302, reverse("wagtailadmin_home"))
    assert DBTaskResult.objects.get().status == "FAILED"


def test_all_are_tried_again_by_a_post_from_our_own_page(letter, admin):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(admin)

    assert browser.get(reverse(TRY_ALL)).status_code == 405
    assert browser.post(reverse(TRY_ALL)).status_code == 403
    assert DBTaskResult.objects.get().status == "FAILED"


@pytest.mark.parametrize("method", ["get", "post"])
def test_editor_without_the_permission_is_sent_away(editor_client, letter, method):
    call = getattr(editor_client, method)
    address = (
        reverse(TRY_AGAIN, args=[letter.pk]) if method == "post" else reverse(LIST)
    )

    answer = call(address)

    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))
    assert DBTaskResult.objects.get().status == "FAILED"


@pytest.mark.parametrize(
    ("codenames", "shown"),
    [(["access_admin"], False), (["access_admin", "change_dbtaskresult"], True)],
)
def test_menu_shows_the_list_to_those_who_may(client, db, codenames, shown):
    client.force_login(with_permissions(*codenames))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert (reverse(LIST) in page) is shown


def test_permission_can_be_given_to_a_group(client, admin):
    client.force_login(admin)

    page = client.get(reverse("wagtailusers_groups:add")).content.decode()

    permission = Permission.objects.get(codename="change_dbtaskresult")
    assert f'value="{permission.pk}"' in page
