"""Two accounts of one person become one, once, and nothing is lost."""

from collections import Counter
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import Group
from django.utils.translation import override

from courses import actions as learning
from lms.audit.models import Event
from lms.models import Cohort, CohortMember, MembershipRule, Merger, Shield, User
from lms.people import actions
from lms.people.choices import Role
from lms.people.records import declared
from lms.refusals import Refused
from tests.factories import (
    AffiliationFactory,
    CohortFactory,
    EnrolmentFactory,
    MandateFactory,
    PersonFactory,
)
from tests.lms.people.seeding import awarded, seeded

# What goes with the account that goes: nobody signs in with it any more.
GOES = {
    "mfa.Authenticator",
    "usersessions.UserSession",
    "wagtailadmin.FormState",
    "sessions.Session",
}
NEW = {"lms.Event": 1, "lms.EventSubject": 2}


@pytest.fixture
def kept(ana, at):
    return ana


@pytest.fixture
def gone(admin, edition, at):
    """The same Ana, with the address of another office."""
    return seeded(by=admin, edition=edition, at=at)


def merger_of(kept, gone, *, by, at):
    return Merger.objects.create(
        kept=kept, gone=gone, asked_by=by, asked_at=at, reason="the same person"
    )


def become_one(kept, gone, *, by, at):
    merger = merger_of(kept, gone, by=by, at=at)
    actions.merge(merger, by=by, at=at)
    for person in (kept, gone):
        person.refresh_from_db()
    return merger


def how_many():
    return Counter(
        {
            model._meta.label: model._base_manager.count()
            for model in apps.get_models(include_auto_created=True)
            if not model._meta.proxy
        }
    )


def test_merging_loses_no_row(kept, gone, admin, at):
    merger = merger_of(kept, gone, by=admin, at=at)
    before = how_many()

    actions.merge(merger, by=admin, at=at)

    after = how_many()
    changed = {
        label: after[label] - before[label]
        for label in before
        if after[label] != before[label] and label not in GOES
    }
    assert changed == NEW


def test_what_moves_points_at_the_account_that_stays(kept, gone, admin, at):
    become_one(kept, gone, by=admin, at=at)

    left = [
        record.what
        for record in declared()
        if record.merge != "keep" and record.rows_of(gone).exists()
    ]
    assert left == []


def test_account_that_goes_is_closed_and_says_where_it_went(kept, gone, admin, at):
    become_one(kept, gone, by=admin, at=at)

    assert (gone.is_active, gone.closed_at, gone.merged_into) == (False, at, kept)
    assert gone.email == f"merged-{gone.uuid}@merged.invalid"
    assert not gone.has_usable_password()
    assert not Authenticator.objects.filter(user=gone).exists()


def test_moved_rows_are_counted_and_the_log_names_both(kept, gone, admin, at):
    enrolments = gone.enrolments.count()

    merger = become_one(kept, gone, by=admin, at=at)

    assert merger.done_at == at
    assert merger.moved["courses.Enrolment"] == enrolments
    assert merger.moved["certificates.Certificate"] == 2
    event = Event.objects.get(purpose="accounts merged")
    assert (event.kind, event.actor) == ("change", admin)
    assert set(event.subjects.all()) == {kept, gone}


def test_merging_twice_is_merging_once(kept, gone, admin, at):
    merger = merger_of(kept, gone, by=admin, at=at)
    also_pressed = Merger.objects.get(pk=merger.pk)
    actions.merge(merger, by=admin, at=at)
    before = how_many()

    actions.merge(also_pressed, by=admin, at=at + timedelta(days=1))

    assert how_many() == before
    assert also_pressed.done_at == at
    assert also_pressed.moved == merger.moved


def test_preview_says_what_would_move_and_changes_nothing(kept, gone):
    before = how_many()

    with override("en"):
        found = actions.merge_preview(kept, gone)
    lines = {line.label: (line.rows, line.note) for line in found}

    assert lines["Certificates"] == (2, "Each keeps the name it was issued with.")
    assert lines["Courses you take or took"][0] == 3
    assert lines["E-mail addresses"][0] == 2
    assert how_many() == before


def test_addresses_move_and_the_primary_one_stays(kept, gone, admin, at):
    become_one(kept, gone, by=admin, at=at)

    rows = EmailAddress.objects.filter(user=kept).order_by("-primary", "email")
    assert [(row.email, row.primary) for row in rows] == [
        ("ana@example.org", True),
        ("zqfirst@example.org", False),
        ("zqsecond@example.org", False),
    ]


def test_address_that_both_have_is_there_once_and_confirmed(ana, bruno, admin, at):
    EmailAddress.objects.create(user=ana, email=bruno.email, verified=False)

    become_one(ana, bruno, by=admin, at=at)

    row = EmailAddress.objects.get(email="bruno@example.org")
    assert (row.user, row.verified, row.primary) == (ana, True, False)


def test_consent_to_one_version_stays_once_with_each(ana, bruno, admin, at):
    actions.agree(ana, version="1", at=at)
    actions.agree(bruno, version="1", at=at)
    actions.agree(bruno, version="2", at=at)

    become_one(ana, bruno, by=admin, at=at)

    assert sorted(ana.consents.values_list("version", flat=True)) == ["1", "2"]
    assert list(bruno.consents.values_list("version", flat=True)) == ["1"]


def test_one_post_stands_and_the_other_is_history(ana, bruno, admin, at):
    AffiliationFactory(person=bruno, position="Fiscalía")

    become_one(ana, bruno, by=admin, at=at)

    posts = ana.affiliations.order_by("position")
    assert [(post.position, post.until_on) for post in posts] == [
        ("", None),
        ("Fiscalía", date(2026, 11, 1)),
    ]


def test_only_post_goes_on(bruno, ana, admin, at):
    become_one(bruno, ana, by=admin, at=at)

    assert bruno.affiliations.get().until_on is None


def test_cohort_of_both_is_joined_once_from_the_earlier_day(ana, bruno, admin, at):
    cohort = CohortFactory(members=[ana, bruno], trainers=[ana, bruno])
    ana.member_rows.update(from_on=date(2026, 5, 1), joined_at=at)
    bruno.member_rows.update(joined_at=at - timedelta(days=90))

    become_one(ana, bruno, by=admin, at=at)

    rows = CohortMember.objects.filter(cohort=cohort, person=ana)
    assert rows.count() == 2
    kept = rows.get(until_on=None)
    assert (kept.from_on, kept.joined_at) == (
        date(2026, 1, 1),
        at - timedelta(days=90),
    )
    assert Cohort.objects.get().trainer_rows.filter(until_on=None).count() == 1


@pytest.mark.parametrize("by_hand", ["ana", "bruno", "nobody"])
def test_member_by_hand_in_either_account_stays_whatever_the_rules_say(
    ana, bruno, admin, at, by_hand
):
    cohort = CohortFactory(members=[ana, bruno])
    rule = MembershipRule.objects.create(
        cohort=cohort, track="judge", made_by=admin, made_at=at
    )
    CohortMember.objects.exclude(person__email__startswith=by_hand).update(rule=rule)

    become_one(ana, bruno, by=admin, at=at)

    kept = CohortMember.objects.get(cohort=cohort, person=ana, until_on=None)
    assert kept.rule == (rule if by_hand == "nobody" else None)


def test_open_enrolments_of_one_course_become_one(
    ana, bruno, admin, edition, activities, at
):
    ours = EnrolmentFactory(learner=ana, edition=edition)
    theirs = EnrolmentFactory(learner=bruno, edition=edition)
    for enrolment, lessons in [
        (ours, ["lesson-1"]),
        (theirs, ["lesson-1", "lesson-2"]),
    ]:
        for lesson in lessons:
            learning.complete_activity(
                enrolment,
                activity=activities[lesson],
                language="es",
                revision=1,
                at=at,
            )

    become_one(ana, bruno, by=admin, at=at)

    for enrolment in (ours, theirs):
        enrolment.refresh_from_db()
    assert ours.is_open
    assert ours.completions.count() == 2
    assert (theirs.learner, theirs.withdrawn_at) == (ana, at)
    assert theirs.completions.count() == 1


def test_certificate_moves_with_the_name_it_was_issued_with(
    ana, bruno, edition, admin, at
):
    paper = awarded(bruno, edition, at=at)

    become_one(ana, bruno, by=admin, at=at)

    paper.refresh_from_db()
    assert (paper.holder, paper.holder_name) == (ana, "Bruno Xicará Tun")


@pytest.mark.parametrize(("ours", "theirs"), [(True, True), (False, True)])
def test_whoever_was_shielded_stays_shielded(ana, bruno, admin, at, ours, theirs):
    for person, shielded in [(ana, ours), (bruno, theirs)]:
        if shielded:
            Shield.objects.create(person=person, set_by=admin, set_at=at)
            User.objects.filter(pk=person.pk).update(shielded=True)

    become_one(ana, bruno, by=admin, at=at)

    assert ana.shielded
    assert ana.shields.standing().count() == 1


def test_groups_move(ana, bruno, admin, at):
    group = Group.objects.create(name="writers")
    for person in (ana, bruno):
        person.groups.add(group)

    become_one(ana, bruno, by=admin, at=at)

    assert list(ana.groups.all()) == [group]


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.TRAINER, Role.PROTECTION])
def test_mandates_end_and_no_power_moves(ana, bruno, carla, admin, at, role):
    AffiliationFactory(person=carla)
    mandate = MandateFactory(holder=bruno, role=role)
    later = MandateFactory(holder=bruno, role=role, from_on=date(2027, 1, 1))

    become_one(ana, bruno, by=admin, at=at)

    for row in (mandate, later):
        row.refresh_from_db()
        assert (row.ended_at, row.ended_by) == (at, admin)
    assert list(User.objects.visible_to(ana)) == [ana]
    assert not ana.mandates.standing(on=date(2027, 2, 1)).exists()


@pytest.mark.parametrize("which", ["kept", "gone"])
@pytest.mark.parametrize("power", ["is_superuser", "is_staff"])
def test_account_of_the_platform_becomes_one_with_no_other(
    ana, bruno, admin, at, which, power
):
    person = {"kept": ana, "gone": bruno}[which]
    User.objects.filter(pk=person.pk).update(**{power: True})
    merger = merger_of(ana, bruno, by=admin, at=at)

    with pytest.raises(Refused) as refused:
        actions.merge(merger, by=admin, at=at)

    assert refused.value.reasons == ["account-of-an-administrator"]
    assert User.objects.get(pk=bruno.pk).merged_into is None


def test_log_about_the_account_that_went_is_read_by_who_stays(ana, bruno, admin, at):
    before = PersonFactory(is_active=False, closed_at=at, merged_into=bruno)

    become_one(ana, bruno, by=admin, at=at)

    before.refresh_from_db()
    assert before.merged_into == ana


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_superuser": True}, "account-of-an-administrator"),
        ({"legal_name": "", "erased_at": "at"}, "account-erased"),
        ({"merged_into": "admin"}, "account-merged"),
    ],
)
def test_some_accounts_cannot_go(ana, bruno, admin, at, change, reason):
    if reason != "account-of-an-administrator":
        change |= {"is_active": False, "closed_at": at}
    real = {"at": at, "admin": admin}
    User.objects.filter(pk=bruno.pk).update(
        **{key: real.get(value, value) for key, value in change.items()}
    )
    merger = merger_of(ana, bruno, by=admin, at=at)
    before = list(User.objects.values())

    with pytest.raises(Refused) as refused:
        actions.merge(merger, by=admin, at=at)

    assert refused.value.reasons == [reason]
    assert list(User.objects.values()) == before


def test_nobody_is_merged_with_themselves(ana):
    with pytest.raises(Refused) as refused:
        actions.merge_preview(ana, ana)

    assert refused.value.reasons == ["same-account"]
