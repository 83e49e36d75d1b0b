"""What follows from a completed course, and what ends the links that show a name.

The first in its transaction or not at all.
"""

import pytest
from allauth.account.signals import password_reset
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from certificates.actions import issue
from certificates.models import Certificate
from certificates.sharing import make_link, open_link
from certificates.tasks import render_certificate
from courses.actions import complete_activity
from lms.belonging.actions import shield
from lms.people.actions import close
from lms.people.models import User
from lms.support import actions as support
from tests.factories import PASSWORD, EnrolmentFactory

NEW = {"password1": "otras cuatro palabras", "password2": "otras cuatro palabras"}


def render_tasks():
    return DBTaskResult.objects.filter(task_path=render_certificate.module_path)


def complete(enrolment, activities, at):
    for name in ("lesson-1", "lesson-2", "practice", "final"):
        complete_activity(
            enrolment, activity=activities[name], language="es", revision=1, at=at
        )


def test_a_completed_course_gives_one_certificate_and_one_task(
    enrolment, activities, at
):
    complete(enrolment, activities, at)

    award = Certificate.objects.get()
    assert award.enrolment == enrolment
    assert render_tasks().get().args_kwargs["args"] == [str(award.pk)]


def test_completing_again_gives_nothing_more(enrolment, activities, at):
    complete(enrolment, activities, at)

    complete(enrolment, activities, at)

    assert (Certificate.objects.count(), render_tasks().count()) == (1, 1)


def test_a_transaction_that_is_undone_leaves_neither(enrolment, activities, at):
    with transaction.atomic():
        complete(enrolment, activities, at)
        assert Certificate.objects.exists()
        transaction.set_rollback(True)

    enrolment.refresh_from_db()
    assert enrolment.is_open
    assert (Certificate.objects.count(), render_tasks().count()) == (0, 0)


def test_a_delta_enrolment_earns_no_certificate(enrolment, activities, at):
    enrolment.full = False
    enrolment.save()

    complete(enrolment, activities, at)

    assert not Certificate.objects.exists()


def confirmed(browser, person):
    """Sign somebody in, sure of who they are."""
    browser.force_login(person)
    browser.post("/es/account/reauthenticate/", {"password": PASSWORD})
    return browser


def changes_password(ana, *, browser, **_more):
    facts = NEW | {"oldpassword": PASSWORD}
    confirmed(browser, ana).post("/es/account/password/change/", facts)


def chooses_password(ana, *, browser, **_more):
    ana.set_unusable_password()
    ana.save()
    confirmed(browser, ana).post("/es/account/password/set/", NEW)


def follows_link_to_new_password(ana, **_more):
    password_reset.send(sender=User, request=None, user=ana)


def turns_the_app_off(ana, *, browser, **_more):
    confirmed(browser, ana)
    TOTP.activate(ana, generate_totp_secret())
    browser.post("/es/account/2fa/totp/deactivate/")


def shields_herself(ana, *, at, **_more):
    shield(ana, by=ana, reason="", at=at)


def is_helped(act):
    def help_her(ana, *, by, at, **_more):
        act(ana, by=by, reason="lost her telephone", at=at)

    return help_her


@pytest.mark.parametrize(
    "act",
    [
        changes_password,
        chooses_password,
        follows_link_to_new_password,
        turns_the_app_off,
        shields_herself,
        pytest.param(is_helped(support.end_sessions), id="sessions ended"),
        pytest.param(is_helped(close), id="closed"),
    ],
)
def test_links_end_with_what_protected_them(
    act, award, ana, bruno, admin, client, at, on_the_day
):
    token = make_link(award, by=ana, at=at)
    enrolment = EnrolmentFactory(
        learner=bruno, edition=award.enrolment.edition, completed_at=at
    )
    other = issue(enrolment, at=at)
    others = make_link(other, by=bruno, at=at)

    act(ana, by=admin, browser=client, at=at)

    assert open_link(award, token=token, at=at) is None
    assert open_link(other, token=others, at=at)
    new = make_link(award, by=ana, at=at)
    assert open_link(award, token=new, at=at)
