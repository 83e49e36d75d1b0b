"""Who finds the screens of support, and what opens an account."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lms.audit.models import Event
from lms.models import Alarm, SupportVisit
from lms.support.accounts import visits_today
from lms.support.acts import ACTS as ALL_ACTS
from tests.factories import CohortFactory, MandateFactory, PersonFactory

DOOR = "/en/support/"
UNKNOWN = "3f0c2a4e-0000-4000-8000-000000000000"
ASKED = {"address": "ana@example.org", "reason": "Lost her phone"}
ACTS = ["mailbox", "second-step", "sessions", "name", "close", "reopen", "merge"]


@pytest.fixture
def elena(db):
    """Elena edits."""
    person = PersonFactory(email="elena@example.org", is_staff=True)
    person.groups.add(Group.objects.get_or_create(name="Editors")[0])
    return person


@pytest.fixture
def other_trainer(db):
    person = PersonFactory(email="tina@example.org")
    MandateFactory(holder=person, role="trainer")
    CohortFactory(trainers=[person])
    return person


@pytest.fixture
def honduran_trainer(db):
    person = PersonFactory(email="toni@example.org", country="HN")
    MandateFactory(holder=person, role="trainer", country="HN")
    return person


@pytest.mark.parametrize(
    "who",
    [
        "ana",
        "bruno",
        "tomas",
        "other_trainer",
        "honduran_trainer",
        "ines",
        "sofia",
        "elena",
    ],
)
def test_nobody_else_finds_the_screens(request, as_, opened, who):
    browser = as_(request.getfixturevalue(who))
    looks = Event.objects.count()
    visit = f"{DOOR}visits/{opened.uuid}/"

    statuses = {
        browser.get(DOOR).status_code,
        browser.post(DOOR, ASKED).status_code,
        browser.get(visit).status_code,
        browser.post(f"{DOOR}alarms/1/read/").status_code,
        *(browser.get(f"{visit}{act}/").status_code for act in ACTS),
        *(browser.post(f"{visit}{act}/").status_code for act in ACTS),
    }

    assert statuses == {404}
    assert (SupportVisit.objects.count(), Event.objects.count()) == (1, looks)


def test_anonymous_readers_are_sent_to_the_sign_in(client, opened):
    answers = [client.get(DOOR), client.get(f"{DOOR}visits/{opened.uuid}/")]

    assert {answer.status_code for answer in answers} == {302}
    assert all("/account/login/" in answer["Location"] for answer in answers)


@pytest.mark.parametrize(
    "typed", ["ana@example.org", " ANA@Example.org", "ruiz@example.org"]
)
def test_exact_address_opens_the_account_for_half_an_hour(as_, admin, ana, typed):
    ana.emailaddress_set.create(email="ruiz@example.org", verified=False)

    answer = as_(admin).post(DOOR, ASKED | {"address": typed})

    visit = SupportVisit.objects.get()
    assert answer["Location"] == f"{DOOR}visits/{visit.uuid}/"
    assert (visit.person, visit.helper, visit.reason) == (ana, admin, "Lost her phone")
    assert visit.until_at - visit.opened_at == timedelta(minutes=30)


def test_opening_is_written_down(as_, admin, ana):
    as_(admin).post(DOOR, ASKED)

    event = Event.objects.get()
    assert (event.kind, event.actor) == (Event.Kind.LOOK, admin)
    assert list(event.subjects.all()) == [ana]


def test_confirmed_address_comes_before_a_claimed_one(as_, admin, ana, bruno):
    bruno.emailaddress_set.create(email="ruiz@example.org", verified=False)
    ana.emailaddress_set.create(email="ruiz@example.org", verified=True)

    as_(admin).post(DOOR, ASKED | {"address": "ruiz@example.org"})

    assert SupportVisit.objects.get().person == ana


@pytest.mark.parametrize(
    "typed", ["an@example.org", "ana@example.or", "na@example.org", "a%@example.org"]
)
def test_unknown_address_opens_nothing_and_leaves_a_trace(as_, admin, ana, typed):
    answer = as_(admin).post(DOOR, ASKED | {"address": typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No account has exactly that address." in page
    assert f'value="{typed}"' in page
    assert ana.legal_name not in page
    event = Event.objects.get()
    assert (event.kind, event.actor) == (Event.Kind.LOOK, admin)
    assert not event.subjects.exists()


@pytest.mark.parametrize("missing", ["address", "reason"])
def test_address_and_reason_are_required(as_, admin, ana, missing):
    answer = as_(admin).post(DOOR, ASKED | {missing: ""})

    assert answer.status_code == 422
    assert not SupportVisit.objects.exists()


def test_nobody_opens_their_own_account(as_, admin):
    answer = as_(admin).post(DOOR, ASKED | {"address": admin.email})

    assert answer.status_code == 422
    assert "This is your own account." in answer.content.decode()
    assert not SupportVisit.objects.exists()


def test_door_lists_nobody(as_, admin, ana, bruno):
    page = as_(admin).get(DOOR).content.decode()

    assert [name in page for name in ("Ana Lucía", "bruno@")] == [False, False]
    assert not Event.objects.exists()


def test_door_lists_ones_own_visits_of_today_without_names(
    as_, admin, second_admin, opened
):
    page = as_(admin).get(DOOR).content.decode()
    other = as_(second_admin).get(DOOR).content.decode()

    assert "Llamó por teléfono" in page
    assert '<span class="hidden">Back to the account opened at </span>' in page
    assert "Ana Lucía" not in page
    assert "Llamó" not in other


@pytest.mark.parametrize(("before", "listed"), [(0, True), (1, False)])
def test_visits_of_today_begin_at_midnight_in_guatemala(ana, admin, at, before, listed):
    midnight = at + timedelta(hours=12)  # in UTC it is six in the morning
    opened_at = midnight - timedelta(microseconds=before)
    visit = SupportVisit.objects.create(
        helper=admin,
        person=ana,
        reason="x",
        opened_at=opened_at,
        until_at=opened_at + timedelta(minutes=30),
    )

    found = visits_today(admin, at=midnight + timedelta(hours=20))

    assert list(found) == [visit] * listed


@pytest.fixture
def alarm(tomas):
    now = timezone.now()
    return Alarm.objects.create(
        actor=tomas, hour_at=now, people=140, usual=12, raised_at=now
    )


def test_alarms_are_shown_until_somebody_reads_them(as_, admin, tomas, alarm):
    browser = as_(admin)
    before = browser.get(DOOR).content.decode()

    answer = browser.post(f"{DOOR}alarms/{alarm.pk}/read/", follow=True)

    assert all(word in before for word in (tomas.email, "140", "12"))
    page = answer.content.decode()
    assert "The alarm is marked as read." in page
    assert tomas.email not in page
    look, change = Event.objects.order_by("pk")
    assert (look.kind, change.kind, change.actor) == ("look", "change", admin)
    assert list(look.subjects.all()) == list(change.subjects.all()) == [tomas]
    alarm.refresh_from_db()
    assert (alarm.read_by, alarm.read_at) == (admin, change.at)
    assert browser.post(f"{DOOR}alarms/{alarm.pk}/read/").status_code == 404


def test_nobody_puts_away_the_alarm_about_themselves(as_, admin, alarm):
    alarm.actor = admin
    alarm.save()
    browser = as_(admin)

    page = browser.get(DOOR).content.decode()
    answer = browser.post(f"{DOOR}alarms/{alarm.pk}/read/")

    assert "140" in page
    assert "Another administrator puts it away." in page
    assert f"alarms/{alarm.pk}/read/" not in page
    assert answer.status_code == 404
    alarm.refresh_from_db()
    assert (alarm.read_at, alarm.read_by) == (None, None)
    assert not Event.objects.filter(kind=Event.Kind.CHANGE).exists()


def test_alarm_says_how_many_addresses_nobody_has(as_, admin, alarm):
    alarm.people, alarm.unknown = 0, 37
    alarm.save()

    page = as_(admin).get(DOOR).content.decode()

    assert "Addresses that nobody has" in page
    assert '<td class="number">37</td>' in page


@pytest.mark.parametrize("number", [1, 3])
def test_alarms_cost_the_same_however_many(
    as_, admin, number, django_assert_max_num_queries
):
    now = timezone.now()
    for person in PersonFactory.create_batch(number):
        Alarm.objects.create(
            actor=person, hour_at=now, people=140, usual=12, raised_at=now
        )
    browser = as_(admin)

    with django_assert_max_num_queries(12):
        page = browser.get(DOOR).content.decode()

    assert page.count('<td class="number">140</td>') == number


def test_door_names_every_job_and_where_it_is_done(as_, admin):
    page = as_(admin).get(DOOR).content.decode()
    jobs = page[page.index('id="jobs"') :]

    with override("en"):
        for act in ALL_ACTS:
            assert f">{act.heading}</a>" in jobs
    for address in (
        f"{DOOR}mandates/",
        f"{DOOR}by-address/",
        "/en/mandates/",
        "/en/approvals/",
        reverse("failed_tasks:index"),
    ):
        assert f'href="{address}"' in jobs
    assert 'name="job"' not in page
    for slug in [act.slug for act in ALL_ACTS] + ["merge"]:
        assert f'href="{DOOR}?job={slug}"' in jobs


@pytest.mark.parametrize(
    ("job", "carried", "leads_to"),
    [
        ("name", True, "name/"),
        ("merge", True, "merge/"),
        ("reopen", True, ""),  # the account is open: nothing to open again
        ("no-such-job", False, ""),
    ],
)
def test_chosen_job_opens_once_the_account_is_found(
    as_, admin, ana, job, carried, leads_to
):
    browser = as_(admin)

    page = browser.get(f"{DOOR}?job={job}").content.decode()
    wrong = browser.post(DOOR, {"job": job, "address": "", "reason": ""})
    found = browser.post(DOOR, ASKED | {"job": job})

    for shown in (page, wrong.content.decode()):
        assert (f'name="job" value="{job}"' in shown) is carried
        assert ("It opens as soon as the account is found." in shown) is carried
    visit = SupportVisit.objects.get()
    assert found["Location"] == f"{DOOR}visits/{visit.uuid}/{leads_to}"
    after = browser.get(found["Location"]).content.decode()
    assert ("nothing of that can be done" in after) is (job == "reopen")
