"""A trainer forms a cohort, once, where they may, and changes what it is."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lms.models import Cohort, CohortTrainer, Event
from lms.people.choices import Role
from lms.refusals import Refused
from lms.team.actions import archive, change_cohort, form_cohort
from tests.factories import CohortFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db
NEW = "/en/team/cohorts/new/"
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def rosa(db):
    """Rosa may train in Guatemala and trains nobody yet."""
    person = PersonFactory(legal_name="Rosa Ixcot")
    MandateFactory(holder=person, role=Role.TRAINER)
    return person


@pytest.fixture
def browser(client, rosa):
    client.force_login(rosa)
    return client


@pytest.fixture
def typed(today):
    return {
        "form": str(uuid4()),
        "name": "OPI Tapachula 2027-1",
        "from_on": today.isoformat(),
        "until_on": (today + 90 * DAY).isoformat(),
    }


def settings_of(cohort, **changes):
    names = ("name", "from_on", "until_on", "time_zone", "notes", "asks_superior")
    facts = {name: getattr(cohort, name) for name in names}
    return facts | {"escalates_after": cohort.escalates_after} | changes


def test_trainer_forms_a_cohort_from_the_list(browser, rosa, typed, today):
    assert NEW in browser.get("/en/team/").content.decode()
    assert browser.get(NEW).context["form"].initial["form"]

    answer = browser.post(NEW, typed | {"notes": "Los jueves", "escalates_after": "7"})

    cohort = Cohort.objects.get()
    assert answer["Location"] == f"/en/team/cohorts/{cohort.uuid}/"
    assert (cohort.name, cohort.country) == ("OPI Tapachula 2027-1", "GT")
    assert (cohort.from_on, cohort.until_on) == (today, today + 90 * DAY)
    assert (cohort.notes, cohort.escalates_after) == ("Los jueves", 7)
    assert (cohort.time_zone, cohort.asks_superior) == ("", False)
    assert [row.trainer for row in CohortTrainer.objects.all()] == [rosa]
    assert browser.get(answer["Location"]).status_code == 200
    assert list(Event.objects.values_list("purpose", flat=True)) == ["cohort formed"]


def test_form_sent_twice_makes_one_cohort(browser, typed):
    first, second = (browser.post(NEW, typed) for _time in range(2))

    assert first["Location"] == second["Location"]
    assert Cohort.objects.count() == CohortTrainer.objects.count() == 1


@pytest.mark.parametrize(
    ("country", "zone", "hour", "over"),
    [  # 2 November in Guatemala until six o'clock UTC
        ("DO", "", 5, True),
        ("GT", "", 5, False),
        ("GT", "", 7, True),
        ("MX", "America/Tijuana", 7, False),
    ],
)
def test_days_of_a_cohort_are_those_where_it_is(rosa, country, zone, hour, over):
    """In Santo Domingo 2 November is over two hours earlier, in Tijuana two later."""
    at, day = datetime(2026, 11, 3, hour, tzinfo=UTC), date(2026, 11, 2)
    MandateFactory(holder=rosa, role=Role.TRAINER, country=country)
    facts = {"name": "A", "from_on": day, "until_on": day, "time_zone": zone}
    cohort = CohortFactory(country=country, until_on=day + 30 * DAY)

    refused = []
    for attempt in (
        lambda: form_cohort(rosa, form=uuid4(), country=country, at=at, **facts),
        lambda: change_cohort(cohort, by=rosa, at=at, **settings_of(cohort, **facts)),
    ):
        try:
            attempt()
        except Refused as why:
            refused.append(why.reasons)

    assert refused == ([["over-already"]] * 2 if over else [])


def test_two_forms_make_two_cohorts(browser, typed):
    browser.post(NEW, typed)
    browser.post(NEW, typed | {"form": str(uuid4())})

    assert Cohort.objects.count() == 2


def test_number_of_anothers_form_is_no_way_into_their_cohort(
    browser, client, rosa, tomas, typed
):
    browser.post(NEW, typed)
    client.force_login(tomas)

    client.post(NEW, typed)

    assert list(rosa.trains.values_list("name", flat=True)) == [typed["name"]]
    assert tomas.trains.filter(name=typed["name"]).count() == 1
    assert not set(rosa.trains.all()) & set(tomas.trains.all())


def test_trainer_sees_at_once_a_cohort_that_begins_later(browser, typed, today):
    later = {"from_on": (today + 30 * DAY).isoformat()}

    answer = browser.post(NEW, typed | later)

    assert CohortTrainer.objects.get().from_on == today
    assert browser.get(answer["Location"]).status_code == 200


def test_country_of_the_only_mandate_is_not_asked(browser, typed):
    page = browser.get(NEW)

    assert "country" not in page.context["form"].fields
    assert "Guatemala" in page.content.decode()
    browser.post(NEW, typed | {"country": "HN"})
    assert Cohort.objects.get().country == "GT"


def test_of_two_countries_one_is_chosen_with_a_city_of_it(browser, rosa, typed):
    MandateFactory(holder=rosa, role=Role.TRAINER, country="MX")
    fields = browser.get(NEW).context["form"].fields

    assert [value for value, _label in fields["country"].choices] == ["", "GT", "MX"]
    foreign = {"country": "MX", "time_zone": "America/Guatemala"}
    assert browser.post(NEW, typed | {"country": "HN"}).status_code == 422
    assert browser.post(NEW, typed | {"country": "MX"}).status_code == 422
    assert browser.post(NEW, typed | foreign).status_code == 422
    browser.post(NEW, typed | {"country": "MX", "time_zone": "America/Tijuana"})
    cohort = Cohort.objects.get()
    assert (cohort.country, cohort.time_zone) == ("MX", "America/Tijuana")
    assert cohort.zone.key == "America/Tijuana"


def test_city_is_forgotten_where_the_country_has_one_clock(browser, rosa, typed):
    MandateFactory(holder=rosa, role=Role.TRAINER, country="MX")

    browser.post(NEW, typed | {"country": "GT", "time_zone": "America/Tijuana"})

    assert Cohort.objects.get().time_zone == ""


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter a name for the cohort."),
        ("name", "x" * 121, "Shorten the name to 120 letters."),
        ("until_on", "2020-01-01", "The last day is before the first one."),
        ("until_on", "2099-01-01", "A cohort lasts at most three years."),
        ("from_on", "2098-01-01", "A cohort begins within two years."),
        ("notes", "x" * 2001, "Shorten the notes to 2000 letters."),
        ("escalates_after", "0", "Enter at least one day."),
        ("escalates_after", "91", "Enter at most 90 days."),
        ("form", "x", "Open the page anew and fill in the form once more."),
    ],
)
def test_form_says_what_is_wrong(browser, typed, field, value, sentence):
    answer = browser.post(NEW, typed | {field: value})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "<title>Error:" in answer.content.decode()
    assert Cohort.objects.count() == 0


def test_nobody_forms_a_cohort_where_they_may_not_train(ana, at, today):
    with pytest.raises(Refused) as refused:
        form_cohort(
            ana,
            form=uuid4(),
            name="Mía",
            country="GT",
            from_on=today,
            until_on=today,
            at=timezone.now(),
        )

    assert refused.value.reasons == ["not-your-country"]
    assert Cohort.objects.count() == 0


def test_others_have_no_such_form(client, ana, ines):
    for person in (ana, ines):
        client.force_login(person)
        assert client.get(NEW).status_code == 404


@pytest.fixture
def cohort(rosa, today):
    return CohortFactory(
        name="Vieja",
        trainers=[rosa],
        from_on=today - 10 * DAY,
        until_on=today + 10 * DAY,
    )


@pytest.fixture
def page(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/settings/"


def test_trainer_changes_the_settings(browser, cohort, page, today):
    shown = browser.get(f"/en/team/cohorts/{cohort.uuid}/").content.decode()
    assert page in shown

    answer = browser.post(
        page,
        {
            "name": "Nueva",
            "from_on": cohort.from_on,
            "until_on": today,
            "asks_superior": "on",
            "escalates_after": "",
            "notes": "Aula 3",
        },
    )

    cohort.refresh_from_db()
    assert answer["Location"] == page
    assert (cohort.name, cohort.until_on, cohort.notes) == ("Nueva", today, "Aula 3")
    assert (cohort.asks_superior, cohort.escalates_after) == (True, None)
    assert cohort.country == "GT"
    assert Event.objects.get().purpose == "cohort changed"


def test_settings_say_what_is_wrong_and_change_nothing(browser, cohort, page, today):
    typed = {"name": "Nueva", "from_on": cohort.from_on, "until_on": today - DAY}

    answer = browser.post(page, typed)

    assert answer.status_code == 422
    assert "The last day has passed." in answer.content.decode()
    cohort.refresh_from_db()
    assert cohort.name == "Vieja"


def test_cohort_with_members_does_not_begin_anew(cohort, rosa, ana, today):
    cohort.member_rows.create(person=ana, from_on=today)
    facts = settings_of(cohort, from_on=today + DAY)

    with pytest.raises(Refused) as refused:
        change_cohort(cohort, by=rosa, at=timezone.now(), **facts)

    assert refused.value.reasons == ["has-begun"]


def test_cohort_in_which_nobody_is_listed_begins_anew(cohort, rosa, ana, today):
    cohort.member_rows.create(person=ana, from_on=today)
    type(ana).objects.filter(pk=ana.pk).update(shielded=True)
    facts = settings_of(cohort, from_on=today + DAY)

    change_cohort(cohort, by=rosa, at=timezone.now(), **facts)

    cohort.refresh_from_db()
    assert cohort.from_on == today + DAY


def test_settings_of_an_archived_cohort_lead_to_its_record(
    browser, cohort, page, rosa, today
):
    archive(cohort, by=rosa, at=timezone.now())
    typed = {"name": "Nueva", "from_on": cohort.from_on, "until_on": today}

    assert browser.get(page)["Location"].endswith("/archive/")
    answer = browser.post(page, typed)

    assert answer.status_code == 409
    assert "This cohort is archived." in answer.content.decode()
    cohort.refresh_from_db()
    assert cohort.name == "Vieja"


def test_cohort_archived_in_the_meantime_is_not_changed(cohort, rosa):
    read_before = Cohort.objects.get(pk=cohort.pk)
    archive(cohort, by=rosa, at=timezone.now())

    with pytest.raises(Refused) as refused:
        change_cohort(
            read_before, by=rosa, at=timezone.now(), **settings_of(cohort, name="X")
        )

    assert refused.value.reasons == ["cohort-archived"]


def test_cohort_of_another_trainer_is_not_there(client, tomas, page):
    client.force_login(tomas)

    assert client.get(page).status_code == 404
    assert client.post(page, {}).status_code == 404
