"""A cohort is archived once, with a record of figures that names nobody."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from lms.models import (
    Cohort,
    CohortMember,
    CohortTrainer,
    Event,
    Invitation,
    JoinCode,
    MembershipRule,
    User,
)
from lms.people.actions import erase
from lms.people.choices import Role
from lms.refusals import Refused
from lms.team import record
from lms.team.actions import Asked, archive, invite
from lms.team.record import Line
from tests.factories import AffiliationFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def place(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/archive/"


@pytest.fixture
def trainer(client, tomas):
    client.force_login(tomas)
    return client


def what(cohort, under):
    cohort.refresh_from_db()
    return {line[1]: line[2] for line in cohort.record["en"] if line[0] == under}


def test_trainer_archives_a_cohort_and_reads_its_record(
    trainer, tomas, ana, cohort, place
):
    settings = trainer.get(f"/en/team/cohorts/{cohort.uuid}/settings/")
    assert place in settings.content.decode()
    assert "It cannot be undone." in trainer.get(place).content.decode()

    answer = trainer.post(place)

    assert answer["Location"] == place
    page = trainer.get(place).content.decode()
    assert "Record of the cohort" in page
    assert "Judiciary, Judge or magistrate" in page
    assert trainer.get(f"/en/team/cohorts/{cohort.uuid}/").status_code == 200
    assert list(User.objects.visible_to(tomas)) == [tomas]
    row = ana.member_rows.get()
    assert row.ended == "archived"
    purposes = Event.objects.filter(kind=Event.Kind.CHANGE).order_by("pk")
    assert list(purposes.values_list("purpose", flat=True)) == [
        "membership of a cohort ended",
        "cohort archived",
    ]


def test_the_day_of_the_record_is_that_of_the_cohort(tomas, cohort):
    """In Santo Domingo it is 3 November, in Guatemala still the second."""
    Cohort.objects.update(country="DO")
    cohort.refresh_from_db()

    with override("en"):
        facts = record.lines(cohort, datetime(2026, 11, 3, 5, tzinfo=UTC))

    assert Line("The cohort", "Archived on", "3 November 2026") in facts


def test_all_that_was_open_is_closed(tomas, cohort):
    now = timezone.now()
    invite(cohort, by=tomas, asked=[Asked("a@example.org")], at=now)
    JoinCode.objects.create(
        cohort=cohort,
        code="ABC",
        places=9,
        opened_by=tomas,
        opened_at=now,
        until_at=now + timedelta(hours=1),
    )
    MembershipRule.objects.create(
        cohort=cohort, track="judge", made_by=tomas, made_at=now
    )

    archive(cohort, by=tomas, at=now)

    assert Invitation.objects.get().withdrawn_at == now
    assert JoinCode.objects.get().closed_at == now
    assert MembershipRule.objects.get().ended_at == now


def test_cohort_is_archived_once_and_changed_no_more(trainer, tomas, cohort, place):
    trainer.post(place)
    first = Cohort.objects.get()

    assert trainer.post(place).status_code == 409
    with pytest.raises(Refused) as refused:
        invite(cohort, by=tomas, asked=[Asked("a@example.org")], at=timezone.now())

    assert refused.value.reasons == ["cohort-archived"]
    again = Cohort.objects.get()
    assert (again.archived_at, again.record) == (first.archived_at, first.record)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("screen", ["settings", "trainers", "rules"])
def test_screens_of_an_archived_cohort_lead_to_its_record(
    trainer, cohort, place, screen
):
    trainer.post(place)

    answer = trainer.get(f"/en/team/cohorts/{cohort.uuid}/{screen}/")

    assert answer["Location"] == place


def test_record_counts_who_was_there_and_names_nobody(tomas, ana, cohort, judiciary):
    now, day = timezone.now(), timezone.localdate()
    rule = MembershipRule.objects.create(
        cohort=cohort, track="judge", made_by=tomas, made_at=now
    )
    people = [PersonFactory(legal_name=f"Zq Persona {n}") for n in range(6)]
    listed, asked, ruled, typed, hidden, unknown = people
    for person in (listed, asked, ruled, hidden):
        AffiliationFactory(person=person, institution=judiciary)
    AffiliationFactory(
        person=typed, institution=None, institution_typed="Casa Zq", track="opi"
    )
    for person in people:
        CohortMember.objects.create(
            cohort=cohort,
            person=person,
            from_on=day,
            rule=rule if person == ruled else None,
        )
    CohortMember.objects.filter(person=unknown).update(until_on=day)
    CohortMember.objects.create(
        cohort=cohort,
        person=listed,
        from_on=cohort.from_on,
        until_on=cohort.from_on,
        ended="left",
        ended_at=now,
    )
    User.objects.filter(pk=hidden.pk).update(shielded=True)
    for person in PersonFactory.create_batch(4, shielded=True):
        CohortMember.objects.create(cohort=cohort, person=person, from_on=day)
    for person, facts in ((listed, {"name": "X", "language": "es"}), (asked, {})):
        Invitation.objects.create(
            cohort=cohort,
            address=person.email,
            facts=facts,
            token_hash=person.email,
            invited_by=tomas,
            invited_at=now,
            until_at=now + timedelta(days=1),
            redeemed_by=person,
            redeemed_at=now,
        )

    archive(cohort, by=tomas, at=now)

    about = what(cohort, "The cohort")
    assert about["People who learned in it"] == 6
    assert "Shielded people" not in about
    assert (about["People who trained it"], about["Country"]) == (1, "Guatemala")
    assert what(cohort, "Institution and profession") == {
        "Judiciary, Judge or magistrate": 4,
        "not in the list, Child protection or migration officer (OPI)": 1,
        "not known": 1,
    }
    assert what(cohort, "How people came") == {
        "by a rule": 1,
        "by an invitation": 1,
        "from a list": 1,
        "entered by somebody": 3,
    }
    assert what(cohort, "How memberships ended") == {"stayed until the end": 6}
    said = json.dumps(cohort.record, ensure_ascii=False)
    for person in [*people, ana, tomas]:
        assert person.legal_name not in said
        assert person.email not in said
    assert "Casa Zq" not in said


def test_record_tells_shielded_people_from_nobody_by_no_figure(tomas, ana, cohort):
    day, hidden = timezone.localdate(), PersonFactory(shielded=True)
    CohortTrainer.objects.create(cohort=cohort, trainer=hidden, from_on=day)
    for person in PersonFactory.create_batch(6, shielded=True):
        CohortMember.objects.create(cohort=cohort, person=person, from_on=day)

    archive(cohort, by=tomas, at=timezone.now())

    about = what(cohort, "The cohort")
    assert about["People who learned in it"] == 1
    assert about["People who trained it"] == 1
    assert what(cohort, "How memberships ended") == {"stayed until the end": 1}


def test_record_counts_no_shielded_member_who_was_erased_since(tomas, ana, cohort):
    hidden, now = PersonFactory(shielded=True), timezone.now()
    CohortMember.objects.create(
        cohort=cohort, person=hidden, from_on=timezone.localdate()
    )
    erase(hidden, by=None, at=now)

    archive(cohort, by=tomas, at=now)

    assert what(cohort, "The cohort")["People who learned in it"] == 1


def test_whoever_came_otherwise_came_by_a_code_where_there_was_one(tomas, cohort):
    now = timezone.now()
    JoinCode.objects.create(
        cohort=cohort,
        code="ABC",
        places=9,
        opened_by=tomas,
        opened_at=now,
        until_at=now + timedelta(hours=1),
    )

    archive(cohort, by=tomas, at=now)

    assert what(cohort, "How people came") == {"by a code in a room": 1}


def upper_floor(cohort, at):
    return [Line("Courses", "=1+1", 3)]


def test_upper_floors_add_their_part(trainer, cohort, place, monkeypatch):
    monkeypatch.setattr(record, "REGISTER", [*record.REGISTER])
    path = "tests.lms.team.test_record.upper_floor"
    record.REGISTER.insert(0, path)
    record.register(path)  # once more is once

    trainer.post(place)

    cohort.refresh_from_db()
    assert cohort.record["es"][-1] == ["Courses", "=1+1", 3]
    assert cohort.record["es"].count(["Courses", "=1+1", 3]) == 1
    answer = trainer.get(f"/en/team/cohorts/{cohort.uuid}/record.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Subject", "What", "Value"]
    assert rows[1] == ["The cohort", "Name", "Judicaturas 2026"]
    assert rows[-1] == ["Courses", "'=1+1", "3"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_cohort_at_work_has_no_record(trainer, cohort):
    address = f"/en/team/cohorts/{cohort.uuid}/record.csv"

    assert trainer.get(address).status_code == 404


def test_cohort_of_others_is_nobodys_to_archive(client, bruno, cohort, place):
    MandateFactory(holder=bruno, role=Role.TRAINER)
    client.force_login(bruno)

    assert client.get(place).status_code == 404
    assert client.post(place).status_code == 404
    assert Cohort.objects.at_work().contains(cohort)
    archive(cohort, by=cohort.trainers.get(), at=timezone.now())
    address = f"/en/team/cohorts/{cohort.uuid}/record.csv"
    assert client.get(address).status_code == 404
