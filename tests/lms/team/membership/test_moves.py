"""Rules bring people into a cohort and let them go: asked by mail, moved by nobody."""

from datetime import date

import pytest
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.belonging.actions import confirm
from lms.mail.models import Letter
from lms.models import (
    Cohort,
    CohortTrainer,
    Event,
    Invitation,
    Mandate,
    MembershipRule,
    User,
)
from lms.people.choices import Role
from lms.queue.actions import retry_failed
from lms.refusals import Refused
from lms.team.actions import (
    Asked,
    add_rule,
    apply_rules,
    archive,
    end_rule,
    invite,
)
from lms.team.membership import preview
from lms.team.tasks import apply_all_rules, apply_rules_in, apply_rules_of
from tests.factories import (
    AffiliationFactory,
    CohortFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
)
from tests.lms.team.membership.people import (
    DAY,
    HOUR,
    by_rule,
    invited,
    move_away,
    queries_of,
    rule,
    work,
)
from tests.working import work_off

pytestmark = pytest.mark.django_db


def apply_all():
    apply_all_rules.enqueue()
    work_off()


def test_rule_invites_whoever_fits_once(cohort, tomas, judiciary):
    person = work(judiciary, person={"language": "en"})
    work(judiciary, track="opi")
    now = timezone.now()

    made = add_rule(cohort, by=tomas, institution=judiciary, track="judge", at=now)
    again = add_rule(cohort, by=tomas, institution=judiciary, track="judge", at=now)
    apply_rules(cohort, at=now)
    apply_rules(cohort, at=now + 8 * DAY)

    assert again == made
    [invitation] = Invitation.objects.all()
    assert (invitation.address, invitation.role) == (person.email, "member")
    assert (invitation.rule, invitation.invited_by) == (made, tomas)
    assert invitation.facts == {"language": "en", "rule": str(made.uuid)}
    assert [letter.language for letter in Letter.objects.all()] == ["en"]


def test_rules_ask_again_as_soon_as_a_post_is_confirmed(
    cohort, tomas, ines, judiciary, bruno
):
    rule(cohort, tomas, track="prosecutor")
    post = AffiliationFactory(person=bruno, institution=judiciary, track="prosecutor")

    confirm([post], by=ines, at=timezone.now())

    task = DBTaskResult.objects.get(task_path=apply_rules_in.module_path)
    assert task.args_kwargs["args"] == ["GT"]
    work_off()
    assert Invitation.objects.get().address == bruno.email


def test_what_fails_in_one_cohort_keeps_no_other_from_its_rules(
    cohort, tomas, judiciary
):
    person = work(judiciary)
    later = CohortFactory(trainers=[tomas])
    for one in (cohort, later):
        rule(one, tomas, track="judge")
    # The end of that day is no day of the calendar.
    Cohort.objects.filter(pk=cohort.pk).update(until_on=date.max)

    apply_all()

    [invitation] = Invitation.objects.all()
    assert (invitation.cohort, invitation.address) == (later, person.email)
    [failed] = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    assert (failed.task_path, failed.args_kwargs["args"]) == (
        apply_rules_of.module_path,
        [cohort.pk],
    )
    assert retry_failed(at=timezone.now()) == 1


def test_where_no_rule_stands_nothing_is_asked_again(ines, judiciary, bruno):
    post = AffiliationFactory(person=bruno, institution=judiciary)

    confirm([post], by=ines, at=timezone.now())

    assert not DBTaskResult.objects.exists()


def test_who_is_asked_by_hand_tells_nothing_of_the_rules(cohort, tomas, judiciary):
    """Neither the answer nor the figures before and after say who has an account."""
    people = [work(judiciary) for _number in range(6)]
    now, on = timezone.now(), timezone.localdate()
    made = rule(cohort, tomas, track="judge")
    before = preview(cohort, [made], viewer=tomas, on=on, at=now)

    asked = [Asked(people[0].email), Asked("nadie@example.org")]
    invite(cohort, by=tomas, asked=asked[:1], at=now)
    after = preview(cohort, [made], viewer=tomas, on=on, at=now)
    assert [one.people for one in before.coming] == [one.people for one in after.coming]

    apply_rules(cohort, at=now)
    asked[0] = Asked(people[1].email)
    assert invite(cohort, by=tomas, asked=asked, at=now) == 2
    seen = Invitation.objects.visible_to(tomas).open(now)
    assert {one.address for one in seen} == {
        people[0].email,
        people[1].email,
        "nadie@example.org",
    }


def test_rule_keeps_to_office_hours_and_who_asks_by_hand_does_not(
    cohort, tomas, judiciary, at
):
    person = work(judiciary)
    rule(cohort, tomas, track="judge")
    saturday, monday = at + 4 * DAY + 15 * HOUR, at + 6 * DAY + 19 * HOUR

    apply_rules(cohort, at=saturday)
    invite(cohort, by=tomas, asked=[Asked("yo@example.org")], at=saturday)

    dues = dict(Letter.objects.values_list("address", "due_at"))
    assert dues == {person.email: monday, "yo@example.org": saturday}


def test_trainers_do_not_see_whom_a_rule_invited(cohort, tomas, judiciary):
    work(judiciary)
    now = timezone.now()
    add_rule(cohort, by=tomas, institution=None, track="judge", at=now)
    invite(cohort, by=tomas, asked=[Asked("yo@example.org")], at=now)

    seen = Invitation.objects.visible_to(tomas)

    assert [one.address for one in seen] == ["yo@example.org"]


def test_who_fits_no_rule_any_more_leaves_unless_they_came_by_hand(
    cohort, tomas, ana, judiciary
):
    stays, goes = work(judiciary), work(judiciary)
    made = rule(cohort, tomas, track="judge")
    rows = [by_rule(cohort, made, person) for person in (stays, goes)]
    move_away(goes)

    apply_all()

    for row in rows:
        row.refresh_from_db()
    assert [row.ended for row in rows] == ["", "rule"]
    assert goes not in User.objects.visible_to(tomas)
    assert ana.member_rows.get().ended == ""
    event = Event.objects.get()
    assert (event.actor, list(event.subjects.all())) == (None, [goes])


def test_institution_that_has_not_answered_yet_lets_nobody_go(cohort, tomas, judiciary):
    person = work(judiciary)
    made = rule(cohort, tomas, track="judge")
    row = by_rule(cohort, made, person)
    move_away(person)
    AffiliationFactory(person=person, institution=judiciary)

    apply_rules(cohort, at=timezone.now())

    row.refresh_from_db()
    assert row.ended == ""


def test_end_of_a_rule_lets_go_who_fits_no_other(cohort, tomas, judiciary):
    judge, prosecutor = work(judiciary), work(judiciary, track="prosecutor")
    first, second = (
        rule(cohort, tomas, institution=judiciary),
        rule(cohort, tomas, track="judge"),
    )
    rows = [by_rule(cohort, first, person) for person in (judge, prosecutor)]

    for _time in range(2):
        end_rule(first, by=tomas, at=timezone.now())

    for row in rows:
        row.refresh_from_db()
    assert [row.ended for row in rows] == ["", "rule"]
    assert list(MembershipRule.objects.standing()) == [second]
    assert Event.objects.filter(purpose="membership rule ended").count() == 1


def test_rules_rest_where_nobody_may_train(cohort, tomas, judiciary):
    work(judiciary)
    made = rule(cohort, tomas, track="judge")
    row = by_rule(cohort, made, work(judiciary, track="opi"))
    Mandate.objects.filter(holder=tomas).update(until_on=timezone.localdate() - DAY)

    apply_all()

    row.refresh_from_db()
    assert (invited(), row.ended) == (set(), "")


def test_another_trainer_asks_once_the_first_may_no_more(cohort, tomas, judiciary):
    work(judiciary)
    rule(cohort, tomas, track="judge")
    rosa = PersonFactory()
    MandateFactory(holder=rosa, role=Role.TRAINER)
    CohortTrainer.objects.create(cohort=cohort, trainer=rosa, from_on=cohort.from_on)
    Mandate.objects.filter(holder=tomas).update(until_on=timezone.localdate() - DAY)

    apply_all()

    assert [one.invited_by for one in Invitation.objects.all()] == [rosa]


def test_rules_invite_until_the_last_midnight_of_the_cohort(
    cohort, tomas, judiciary, at
):
    """Tijuana is two hours behind Guatemala: there it is still the last day."""
    work(judiciary)
    rule(cohort, tomas, track="judge")
    Cohort.objects.update(until_on=at.date(), time_zone="America/Tijuana")
    cohort.refresh_from_db()

    apply_rules(cohort, at=at + 14 * HOUR)  # midnight there
    assert invited() == set()

    apply_rules(cohort, at=at + 13 * HOUR)
    assert len(invited()) == 1


def test_nobody_is_invited_to_what_is_over_or_archived(cohort, tomas, judiciary):
    work(judiciary)
    rule(cohort, tomas, track="judge")
    Cohort.objects.update(until_on=timezone.localdate() - DAY)
    apply_all()
    assert invited() == set()
    Cohort.objects.update(until_on=timezone.localdate())
    archive(cohort, by=tomas, at=timezone.now())

    apply_all()
    apply_rules_of.func(cohort.pk)

    assert invited() == set()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"track": ""}, "rule-names-nothing"),
        ({"country": "HN"}, "foreign-institution"),
        ({"standing": 20}, "too-many-rules"),
        ({"archived": True}, "cohort-archived"),
    ],
)
def test_rules_are_refused_with_a_reason(cohort, tomas, facts, reason):
    for _number in range(facts.get("standing", 0)):
        rule(cohort, tomas, institution=InstitutionFactory())
    if "archived" in facts:
        archive(cohort, by=tomas, at=timezone.now())
    institution = InstitutionFactory(country="HN") if facts.get("country") else None

    with pytest.raises(Refused) as refused:
        add_rule(
            cohort,
            by=tomas,
            institution=institution,
            track=facts.get("track", "opi"),
            at=timezone.now(),
        )

    assert refused.value.reasons == [reason]


def test_rules_cost_as_many_queries_for_many_people(cohort, tomas, judiciary):
    on, now = timezone.localdate(), timezone.now()
    made = rule(cohort, tomas, track="judge")

    def round_of(people):
        for _number in range(people):
            work(judiciary)
            move_away(by_rule(cohort, made, work(judiciary)).person)
        look = queries_of(lambda: preview(cohort, [made], viewer=tomas, on=on, at=now))
        return look, queries_of(lambda: apply_rules(cohort, at=now))

    assert round_of(5) == round_of(8)
