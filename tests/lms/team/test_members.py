"""A trainer ends a membership and says who the superior is; a learner does the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.models import Cohort, CohortMember, CohortTrainer, Event, User
from lms.refusals import Refused
from lms.team.actions import archive, end_membership, leave, name_superior
from tests.factories import CohortFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SUPERIOR = {"superior_name": " Julia  Sosa ", "superior_address": "Julia@OJ.example"}


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def row(ana, cohort):
    return ana.member_rows.get()


@pytest.fixture
def page(cohort, ana):
    return f"/en/team/cohorts/{cohort.uuid}/members/{ana.uuid}/"


@pytest.fixture
def trainer(client, tomas):
    client.force_login(tomas)
    return client


@pytest.fixture
def learner(client, ana):
    client.force_login(ana)
    return client


def superior_of(row):
    row.refresh_from_db()
    return row.superior_name, row.superior_address


def test_trainer_opens_a_member_from_the_cohort(trainer, ana, cohort, page):
    assert page in trainer.get(f"/en/team/cohorts/{cohort.uuid}/").content.decode()

    answer = trainer.get(page)

    assert "Ana Lucía Ruiz Morales" in answer.content.decode()
    look = Event.objects.filter(purpose="member of a cohort").get()
    assert list(look.subjects.all()) == [ana]


def test_trainer_says_who_the_superior_is(trainer, ana, row, page):
    answer = trainer.post(page, SUPERIOR)

    assert answer["Location"] == page
    assert superior_of(row) == ("Julia Sosa", "julia@oj.example")
    event = Event.objects.get(purpose="superior of a member")
    assert (event.actor_id is not None, list(event.subjects.all())) == (True, [ana])
    trainer.post(page, {})
    assert superior_of(row) == ("", "")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("julia", "@"),
        ("ANA@example.org", "This address is the person’s own."),
        ("ana+jefa@example.org", "This address is the person’s own."),
    ],
)
def test_superior_is_somebody_else_with_an_address(
    trainer, row, page, address, sentence
):
    answer = trainer.post(page, SUPERIOR | {"superior_address": address})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert superior_of(row) == ("", "")


@pytest.mark.parametrize("began", [0, 90])
def test_member_is_out_of_sight_once_the_membership_ended(
    trainer, tomas, ana, row, cohort, page, began
):
    CohortMember.objects.update(from_on=timezone.localdate() - began * DAY)
    assert ana in User.objects.visible_to(tomas)

    assert trainer.post(f"{page}end/", {}).status_code == 422
    answer = trainer.post(f"{page}end/", {"reason": "Cambió de puesto"})

    row.refresh_from_db()
    assert answer["Location"] == f"/en/team/cohorts/{cohort.uuid}/"
    assert (row.ended, row.ended_reason) == ("trainer", "Cambió de puesto")
    assert row.until_on == timezone.localdate() - DAY
    assert list(User.objects.visible_to(tomas)) == [tomas]
    assert list(CohortMember.objects.visible_to(tomas)) == []
    assert trainer.get(page).status_code == 404
    assert trainer.get(f"{page}end/").status_code == 404
    event = Event.objects.get(purpose="membership of a cohort ended")
    assert list(event.subjects.all()) == [ana]


def test_membership_ends_once(tomas, row):
    end_membership(row, by=tomas, reason="Una", at=timezone.now())

    for again in (
        lambda: end_membership(row, by=tomas, reason="Dos", at=timezone.now()),
        lambda: name_superior(row, by=tomas, name="J", address="", at=timezone.now()),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.reasons == ["membership-over"]
    row.refresh_from_db()
    assert (row.ended_reason, row.superior_name) == ("Una", "")


def test_archived_cohort_changes_no_membership(tomas, ana, row, cohort):
    archive(cohort, by=tomas, at=timezone.now())
    now = timezone.now()

    for act in (
        lambda: end_membership(row, by=tomas, reason="Una", at=now),
        lambda: leave(row, by=ana, at=now),
        lambda: name_superior(row, by=ana, name="J", address="", at=now),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reasons == ["cohort-archived"]


def test_whoever_left_may_come_again_the_same_day(tomas, ana, row, cohort):
    leave(row, by=ana, at=timezone.now())

    CohortMember.objects.create(cohort=cohort, person=ana, from_on=timezone.localdate())

    assert ana in User.objects.visible_to(tomas)


@pytest.mark.parametrize("trait", ["shielded", "closed"])
def test_shielded_and_closed_members_have_no_page(trainer, ana, page, trait):
    facts = {"shielded": True}
    if trait == "closed":
        facts = {"closed_at": timezone.now(), "is_active": False}
    User.objects.filter(pk=ana.pk).update(**facts)

    assert trainer.get(page).status_code == 404
    assert trainer.post(f"{page}end/", {"reason": "X"}).status_code == 404
    assert not CohortMember.objects.exclude(ended_at=None).exists()


def test_learner_reads_in_which_cohorts_she_learns(learner, tomas, ana, cohort):
    CohortFactory(name="Ajena", members=[PersonFactory()])
    left = CohortFactory(name="Anterior", members=[ana])
    leave(ana.member_rows.get(cohort=left), by=ana, at=timezone.now())

    answer = learner.get("/en/cohorts/")

    own = answer.context["own"]
    assert [(one.row.cohort, one.trainers) for one in own.now] == [(cohort, [tomas])]
    assert [row.cohort for row in own.past] == [left]
    assert "left the cohort" in answer.content.decode()
    assert "Ajena" not in answer.content.decode()
    look = Event.objects.get(kind=Event.Kind.LOOK)
    assert list(look.subjects.all()) == [tomas]


def test_own_cohorts_cost_as_many_queries(learner, ana, django_assert_num_queries):
    def queries():
        with django_assert_num_queries(9):
            learner.get("/en/cohorts/")

    trainers = [PersonFactory() for _number in range(3)]
    CohortFactory(members=[ana], trainers=trainers[:1])
    learner.get("/en/cohorts/")
    queries()
    for _number in range(3):
        CohortFactory(members=[ana], trainers=trainers)
    queries()


def test_shielded_trainers_are_not_named_to_learners(learner, tomas, cohort):
    hidden = PersonFactory(legal_name="Zq Oculta", shielded=True)
    CohortTrainer.objects.create(
        cohort=cohort, trainer=hidden, from_on=timezone.localdate()
    )

    assert "Zq Oculta" not in learner.get("/en/cohorts/").content.decode()


def test_learner_without_a_cohort_reads_that_none_is_needed(client, bruno):
    client.force_login(bruno)

    page = client.get("/en/cohorts/").content.decode()

    assert "You learn in no cohort today." in page


def test_learner_finds_her_cohorts_from_her_learning_and_her_account(learner):
    for place in ("/en/my-learning/", "/en/account/profile/"):
        assert 'href="/en/cohorts/"' in learner.get(place).content.decode()


def test_learner_leaves_a_cohort(learner, tomas, ana, row, cohort):
    place = f"/en/cohorts/{cohort.uuid}/leave/"

    assert (
        "Its trainers do not see you any more." in learner.get(place).content.decode()
    )
    assert learner.post(place)["Location"] == "/en/cohorts/"

    row.refresh_from_db()
    assert (row.ended, row.until_on) == ("left", timezone.localdate() - DAY)
    assert list(User.objects.visible_to(tomas)) == [tomas]
    assert learner.post(place).status_code == 404


def test_learner_names_her_superior(learner, row, cohort):
    place = f"/en/cohorts/{cohort.uuid}/superior/"

    assert learner.get(place).status_code == 200
    assert learner.post(place, {"superior_address": "x"}).status_code == 422
    own = learner.post(place, {"superior_address": "ana@example.org"})
    assert own.status_code == 422
    assert learner.post(place, SUPERIOR)["Location"] == "/en/cohorts/"

    assert superior_of(row) == ("Julia Sosa", "julia@oj.example")
    assert row.superior_unconfirmed


def test_what_a_trainer_said_stays_said_when_the_learner_saves_it_again(
    learner, row, tomas, cohort
):
    facts = {"name": "Julia Sosa", "address": "julia@oj.example"}
    name_superior(row, by=tomas, at=timezone.now(), **facts)
    place = f"/en/cohorts/{cohort.uuid}/superior/"

    learner.post(place, SUPERIOR)
    row.refresh_from_db()
    assert not row.superior_unconfirmed

    learner.post(place, SUPERIOR | {"superior_address": "otra@oj.example"})
    learner.post(place, SUPERIOR | {"superior_address": "otra@oj.example"})
    row.refresh_from_db()
    assert row.superior_unconfirmed

    learner.post(place, {})
    row.refresh_from_db()
    assert not row.superior_unconfirmed


def test_a_trainer_who_saves_it_confirms_it(trainer, row, page):
    CohortMember.objects.filter(pk=row.pk).update(
        superior_name="Julia Sosa",
        superior_address="julia@oj.example",
        superior_unconfirmed=True,
    )

    trainer.post(page, SUPERIOR)

    row.refresh_from_db()
    assert not row.superior_unconfirmed


def test_learner_whose_superior_is_asked_chooses_no_other_one(learner, row, cohort):
    """She could name a mailbox of hers, and approve herself."""
    place = f"/en/cohorts/{cohort.uuid}/superior/"
    Cohort.objects.update(asks_superior=True)
    assert learner.post(place, SUPERIOR)["Location"] == "/en/cohorts/"

    other = learner.post(place, {"superior_address": "otra@example.org"})

    assert other.status_code == 422
    assert "Ask a trainer of the cohort" in other.content.decode()
    assert superior_of(row) == ("Julia Sosa", "julia@oj.example")


def test_cohort_of_others_is_nobodys_to_leave(client, bruno, row, cohort):
    client.force_login(bruno)

    for act in ("leave", "superior"):
        place = f"/en/cohorts/{cohort.uuid}/{act}/"
        assert client.get(place).status_code == 404
        assert client.post(place, {}).status_code == 404
    row.refresh_from_db()
    assert row.until_on is None
