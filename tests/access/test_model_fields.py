"""Forms of ordinary learners, sent with every field name that a model has.

Each may change what it is for, written down here, and no other column of any table.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from certificates.canary_drill import enter
from courses.models import Assignment
from tests.factories import (
    NOON,
    PASSWORD,
    CohortFactory,
    PersonFactory,
    WorkshopFactory,
    make_course_page,
    make_edition,
)
from tests.posts.assigning import copy_of
from tests.posts.forms import FORMS, NEW, POST, SIGN_UP

pytestmark = pytest.mark.django_db
VALUES = {
    "country": "HN",
    "role": "secretariat",
    "track": "opi",
    "language": "en",
    "email": "thief@example.org",
    "confirmed_at": "2026-01-01 00:00:00",
    "person": "1",
    "person_id": "1",
    "learner": "1",
    "holder": "1",
    "user": "1",
}
# What the sign-in itself touches, and what says that somebody was here.
ALWAYS = {
    "lms.User.last_login",
    "usersessions.UserSession",
    "sessions.Session",
    "lms.Tries",
    "lms.Event",
    "lms.EventSubject",
    "django_tasks_database.DBTaskResult",
}
ENROLMENT = {"courses.Enrolment"}
# name → path, its own fields, the columns (or tables) that are its to change.
OWNED = {
    "account_signup": ("account/signup/", SIGN_UP, set()),  # the code comes first
    "people_profile": (
        "account/profile/",
        {"legal_name": "Ana Otra", "sort_name": "Otra, Ana", "language": "es"},
        {
            "lms.User.legal_name",
            "lms.User.sort_name",
            "lms.User.folded_name",
            "lms.NameChange",
        },
    ),
    "people_post": (
        "account/post/",
        POST | {"country": "GT"},
        {
            "lms.User.country",
            "lms.User.track",
            "lms.Affiliation",
            "lms.Affiliation.until_on",
        },
    ),
    "account_email": (
        "account/email/",
        {"email": "other@example.org", "action_add": ""},
        {"lms.Letter"},  # the code comes first
    ),
    "account_change_password": (
        "account/password/change/",
        {"oldpassword": PASSWORD} | NEW,
        {"lms.User.password", "lms.Letter"},
    ),
    "shield": (
        "account/shield/",
        {},
        {"lms.User.shielded", "lms.Shield"},
    ),
    "agree": ("account/agree/", {}, {"lms.Consent"}),
    "enrol": ("learn/courses/{course}/enrol/", {}, ENROLMENT),
    "leave": (
        "learn/enrolments/{enrolment}/leave/",
        {},
        {"courses.Enrolment.withdrawn_at"},
    ),
    "finish_lesson": ("learn/activities/{lesson}/finish/", {}, {"courses.Completion"}),
    "lesson_note": (
        "learn/activities/{lesson}/note/",
        {"text": "Preguntar"},
        {"courses.Note"},
    ),
    "workshop_take": (
        "my-learning/workshops/{workshop}/take/",
        {},
        {"courses.WorkshopPlace", "courses.Workshop.taken"},
    ),
    "start_attempt": (
        "learn/activities/{final}/start/",
        {},
        {"courses.Attempt", "courses.AttemptItem"},
    ),
    "account_reset_password": (
        "account/password/reset/",
        {"email": "ana@example.org"},
        set(),
    ),
    "theme": ("theme/", {"theme": "dark", "next": "/es/"}, set()),
    "end_other_devices": ("account/sessions/end-others/", {}, set()),
    "take_back_name": ("account/profile/keep-name/", {}, set()),
    "start_assignment": ("learn/assignments/{assignment}/start/", {}, ENROLMENT),
    "name_superior": (
        "learn/assignments/{asking}/superior/",
        {"name": "Marta Chen", "address": "jefatura@example.org"},
        {
            "lms.CohortMember.superior_name",
            "lms.CohortMember.superior_address",
            "lms.CohortMember.superior_unconfirmed",
        },
    ),
    "renew_calendar": ("my-learning/calendar/renew/", {}, {"courses.CalendarFeed"}),
}
# Rows that a form makes: what they must say whatever was sent along.
MADE = {
    "lms.Affiliation": {
        "confirmed_at": None,
        "confirmed_by_id": None,
        "refused_at": None,
        "refused_by_id": None,
    },
    "courses.Enrolment": {"completed_at": None, "withdrawn_at": None, "full": True},
    "courses.Attempt": {"submitted_at": None, "passed": None, "points": None},
    "courses.SuperiorRequest": {"decided_at": None, "approved": None, "reason": ""},
    "lms.Shield": {"lifted_at": None, "lifted_by_id": None},
}


def every_field() -> dict[str, str]:
    """Return a value for every field name of every model."""
    names = {
        name
        for model in apps.get_models()
        for one in model._meta.get_fields()
        for name in {one.name, getattr(one, "attname", one.name)}
    }
    return {name: VALUES.get(name, "1") for name in names}


def stored() -> dict[str, dict]:
    """Return every row by its table and key."""
    return {
        model._meta.label: {row["pk"]: row for row in rows_of(model)}
        for model in apps.get_models()
        if model._meta.app_label not in {"wagtailsearch"}
    }


def rows_of(model) -> list[dict]:
    columns = [field.attname for field in model._meta.concrete_fields]
    return [
        {"pk": row[0]} | dict(zip(columns, row[1:], strict=True))
        for row in model._base_manager.values_list("pk", *columns)
    ]


def columns_changed(before: dict, after: dict) -> set[str]:
    """Return "app.Model.column" for what changed, "app.Model" for rows made or gone."""
    found = set()
    for table, rows in after.items():
        if rows.keys() != before[table].keys():
            found.add(table)
        for key in rows.keys() & before[table].keys():
            old, new = before[table][key], rows[key]
            found |= {f"{table}.{name}" for name in new if new[name] != old[name]}
    return found


def not_owned(changed: set[str], owned: set[str]) -> set[str]:
    allowed = owned | ALWAYS
    return {
        name
        for name in changed
        if name not in allowed and name.rpartition(".")[0] not in ALWAYS
    }


@pytest.fixture
def places(ana, edition, enrolment, activities):
    """Where the forms go: Ana takes one course and could take another."""
    other = make_edition(make_course_page(code="C2", slug="otro"))
    cohort = CohortFactory(trainers=[PersonFactory()], members=[ana])
    begins = timezone.now() + timedelta(days=1)
    ahead = WorkshopFactory(
        cohort=cohort, starts_at=begins, ends_at=begins + timedelta(hours=4)
    )
    cohort = CohortFactory(members=[ana], asks_superior=True)
    third = copy_of(edition, uuid4())
    return {
        "workshop": ahead.uuid,
        "course": other.course_id,
        "assignment": assigned_to(CohortFactory(members=[ana]), other, by=ana),
        "asking": assigned_to(cohort, third, by=ana),
        "enrolment": enrolment.pk,
        "lesson": activities["lesson-1"].pk,
        "final": activities["final"].pk,
    }


def assigned_to(cohort, edition, *, by):
    made = Assignment.objects.create(
        cohort=cohort, course=edition.course, assigned_by=by, assigned_at=NOON
    )
    return made.pk


@pytest.mark.parametrize("name", OWNED)
def test_form_changes_what_it_is_for_and_nothing_else(name, places, ana, carla):
    path, own, owned = OWNED[name]
    browser = Client()
    if name not in {"account_signup", "account_reset_password"}:
        enter(browser, ana)
    cache.clear()
    before = stored()

    answer = browser.post(f"/es/{path.format(**places)}", every_field() | own)
    after = stored()

    assert answer.status_code == 302
    assert not_owned(columns_changed(before, after), owned) == set()
    for table, facts in MADE.items():
        for key in after[table].keys() - before[table].keys():
            row = after[table][key]
            assert {column: row[column] for column in facts} == facts
            assert row.get("person_id", ana.pk) == ana.pk
            assert row.get("learner_id", ana.pk) == ana.pk


def test_every_form_of_a_learner_is_sent_or_owns_no_row():
    """Forms that carry only answers or codes have no field of a model to spoil."""
    without = {
        "end_device",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_set_password",
        "account_reset_password_from_key",
        "account_email_verification_sent",
        "share_certificate",
        "withdraw_link",
        "verify_code:link",
        "attempt",
        "attempt_answers",
        "attempt_submit",
        "start_case",
        "case_step",
        "case_decide",
        "case_stop",
        "reasons",
        "reasons_again",
        "verify_code",
        "take_back_name",  # one's own, which nothing names
        "join_sign_up",  # it only leads to the sign-up
        "workshop_give_back",
        "workshop_here",
        "close_account",  # of the whole account: tests/lms/people/test_leaving.py
        "erase_account",
    }
    of_the_second_step = {name for name in FORMS if name.startswith("mfa_")}

    assert FORMS.keys() - OWNED.keys() - without - of_the_second_step == set()


def test_there_are_fields_that_would_matter():
    person, before = PersonFactory(), stored()

    person.is_superuser = True
    person.save()

    assert every_field().keys() >= {"is_staff", "shielded", "role", "seat", "holder"}
    assert columns_changed(before, stored()) == {"lms.User.is_superuser"}
