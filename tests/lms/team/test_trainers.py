"""Who trains a cohort together, and that whoever is taken off sees it no more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.mail.models import Letter
from lms.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Event,
    Invitation,
    Mandate,
    User,
)
from lms.people.actions import close
from lms.people.choices import Role
from lms.refusals import Refused
from lms.team.actions import archive, take_off
from lms.team.trainers import able_trainers, trainers_of
from tests.factories import MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def rosa(cohort):
    """Rosa trains Ana's cohort with Tomás, from today on."""
    return train(cohort, "Rosa Ixcot")


@pytest.fixture
def page(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/trainers/"


def train(cohort, name, *, role=Role.TRAINER, **facts):
    person = PersonFactory(legal_name=name, **facts)
    MandateFactory(holder=person, role=role)
    CohortTrainer.objects.create(
        cohort=cohort, trainer=person, from_on=timezone.localdate()
    )
    return person


def training(person):
    return CohortTrainer.objects.get(trainer=person)


def test_trainers_see_each_other_and_since_when(client, tomas, rosa, cohort, page):
    client.force_login(tomas)

    answer = client.get(page)

    rows = [(row.trainer, row.may) for row in answer.context["rows"]]
    assert rows == [(tomas, True), (rosa, True)]
    look = Event.objects.get(kind=Event.Kind.LOOK)
    assert (look.purpose, list(look.subjects.all())) == ("trainers of a cohort", [rosa])


def test_trainers_are_listed_in_as_many_queries(client, tomas, cohort, page):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        return len(asked)

    client.force_login(tomas)
    train(cohort, "Uno")
    client.get(page)
    once = queries()
    for name in ("Dos", "Tres"):
        train(cohort, name)

    # One line of the log names each of those who were seen.
    assert queries() == once


def test_shielded_trainers_are_seen_by_themselves_alone(tomas, cohort, ana):
    rosa = train(cohort, "Rosa Ixcot", shielded=True)
    today = timezone.localdate()

    seen = {
        viewer: [row.trainer for row in trainers_of(cohort, viewer=viewer, on=today)]
        for viewer in (tomas, rosa, ana)
    }

    assert seen == {tomas: [tomas], rosa: [tomas, rosa], ana: [tomas]}


def test_learner_of_the_cohort_sees_who_trains_it_and_nobody_else_does(
    tomas, ana, bruno, ines, cohort
):
    def seen_by(viewer):
        return [row.trainer for row in CohortTrainer.objects.visible_to(viewer)]

    assert {who: seen_by(who) for who in (ana, bruno, ines)} == {
        ana: [tomas],
        bruno: [],
        ines: [],
    }
    ana.member_rows.update(until_on=timezone.localdate() - DAY)
    assert seen_by(ana) == []


@pytest.mark.parametrize(("days", "seen"), [(30, True), (31, False)])
def test_learner_sees_the_trainers_until_the_books_are_closed(
    tomas, ana, cohort, days, seen
):
    type(cohort).objects.update(until_on=timezone.localdate() - days * DAY)

    assert CohortTrainer.objects.visible_to(ana).filter(trainer=tomas).exists() is seen


def test_closed_accounts_train_nothing(tomas, rosa, cohort, at):
    close(rosa, by=rosa, reason="Se fue", at=at)
    on = timezone.localdate()

    assert [row.trainer for row in able_trainers(cohort, on=on)] == [tomas]


def test_another_trainer_is_invited_whoever_the_address_is(
    client, tomas, ana, page, cohort
):
    client.force_login(tomas)

    answers = [
        client.post(page, {"address": address}, follow=True).content.decode()
        for address in ("Ana@example.org", "nadie@example.org")
    ]

    words = "The invitation is there. It holds for seven days."
    assert [words in answer for answer in answers] == [True, True]
    invitations = Invitation.objects.order_by("address")
    assert [(one.address, one.role, one.rule) for one in invitations] == [
        ("ana@example.org", "trainer", None),
        ("nadie@example.org", "trainer", None),
    ]
    assert Letter.objects.count() == 2
    assert list(client.get(page).context["asked"]) == list(invitations)


def test_same_address_is_invited_once(client, tomas, page):
    client.force_login(tomas)
    for _time in range(2):
        assert client.post(page, {"address": "n@example.org"}).status_code == 302

    assert Invitation.objects.count() == Letter.objects.count() == 1


def test_address_that_is_none_is_asked_for_again(client, tomas, page):
    client.force_login(tomas)

    answer = client.post(page, {"address": "nadie"})

    assert answer.status_code == 422
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("began", [0, 90])
def test_trainer_taken_off_sees_nothing_from_the_next_request_on(
    client, tomas, rosa, ana, cohort, page, began
):
    CohortTrainer.objects.filter(trainer=rosa).update(
        from_on=timezone.localdate() - began * DAY
    )
    client.force_login(tomas)
    end = f"{page}{rosa.uuid}/end/"
    before = set(User.objects.visible_to(rosa))

    assert "Rosa Ixcot sees this cohort" in client.get(end).content.decode()
    assert training(rosa).ended_at is None
    assert client.post(end)["Location"] == page

    assert before == {rosa, ana}
    for model, left in {
        User: [rosa],
        Cohort: [],
        CohortMember: [],
        Affiliation: [],
        CohortTrainer: [training(rosa)],
    }.items():
        assert list(model.objects.visible_to(rosa)) == left
    client.force_login(rosa)
    assert client.get(f"/en/team/cohorts/{cohort.uuid}/").status_code == 404
    assert client.get(page).status_code == 404


def test_trainer_who_was_to_begin_is_taken_off_too(tomas, rosa, cohort):
    CohortTrainer.objects.filter(trainer=rosa).update(
        from_on=timezone.localdate() + DAY
    )
    now = timezone.now()

    take_off(training(rosa), by=tomas, at=now)

    row = training(rosa)
    assert (row.ended_at, row.until_on) == (now, timezone.localdate() - DAY)


def test_file_half_written_holds_nobody_after_its_trainer_was_taken_off(
    tomas, rosa, ana, bruno, cohort
):
    CohortMember.objects.create(
        cohort=cohort, person=bruno, from_on=timezone.localdate()
    )

    def by_ones():
        last = 0
        sight = CohortMember.objects.visible_to
        while chunk := list(sight(rosa).order_by("pk").filter(pk__gt=last)[:1]):
            yield chunk[0].person
            last = chunk[0].pk

    file = by_ones()
    first = next(file)
    take_off(training(rosa), by=tomas, at=timezone.now())

    assert (first, list(file)) == (ana, [])


def test_trainer_takes_oneself_off(client, tomas, rosa, page):
    client.force_login(rosa)
    end = f"{page}{rosa.uuid}/end/"

    assert "Stop training this cohort" in client.get(end).content.decode()
    answer = client.post(end)

    assert answer["Location"] == "/en/team/"
    assert training(rosa).ended_at is not None
    event = Event.objects.get(kind=Event.Kind.CHANGE)
    assert event.purpose == "training of a cohort ended"
    assert list(event.subjects.all()) == [rosa]


def test_last_trainer_who_may_train_stays(client, tomas, rosa, page):
    Mandate.objects.filter(holder=rosa).update(until_on=timezone.localdate() - DAY)
    client.force_login(tomas)

    answer = client.post(f"{page}{tomas.uuid}/end/")

    assert answer.status_code == 409
    assert "Invite somebody first, or archive the cohort." in answer.content.decode()
    assert training(tomas).until_on is None
    assert client.post(f"{page}{rosa.uuid}/end/").status_code == 302


def test_shielded_trainer_is_not_counted_among_those_who_stay(
    client, tomas, cohort, page
):
    train(cohort, "Rosa Ixcot", shielded=True)
    client.force_login(tomas)

    answer = client.post(f"{page}{tomas.uuid}/end/")

    assert answer.status_code == 409
    assert training(tomas).until_on is None


def test_of_two_who_take_each_other_off_one_stays(tomas, rosa, cohort):
    mine, theirs = training(tomas), training(rosa)
    take_off(theirs, by=tomas, at=timezone.now())

    with pytest.raises(Refused) as refused:
        take_off(mine, by=rosa, at=timezone.now())

    assert refused.value.reasons == ["last-trainer"]
    take_off(theirs, by=tomas, at=timezone.now())  # once more changes nothing
    assert Event.objects.filter(kind=Event.Kind.CHANGE).count() == 1


def test_whoever_was_taken_off_may_train_again_that_day(tomas, rosa, cohort):
    take_off(training(rosa), by=tomas, at=timezone.now())

    CohortTrainer.objects.create(
        cohort=cohort, trainer=rosa, from_on=timezone.localdate()
    )

    assert list(Cohort.objects.visible_to(rosa)) == [cohort]


def test_archived_cohort_keeps_its_trainers(tomas, rosa, cohort):
    archive(cohort, by=tomas, at=timezone.now())

    with pytest.raises(Refused) as refused:
        take_off(training(rosa), by=tomas, at=timezone.now())

    assert refused.value.reasons == ["cohort-archived"]


def test_trainers_of_another_cohort_are_not_there(client, bruno, rosa, page):
    MandateFactory(holder=bruno, role=Role.TRAINER)
    client.force_login(bruno)

    assert client.get(page).status_code == 404
    assert client.post(f"{page}{rosa.uuid}/end/").status_code == 404
    assert training(rosa).until_on is None


def test_nobody_who_does_not_train_it_is_taken_off(client, tomas, ana, page):
    client.force_login(tomas)

    assert client.get(f"{page}{ana.uuid}/end/").status_code == 404
