"""Who sees whom: oneself, by mandate others, and by default nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses.models import (
    Assignment,
    AssignmentException,
    Attempt,
    AttemptItem,
    Attendance,
    CalendarFeed,
    Completion,
    Enrolment,
    LedgerEntry,
    Observation,
    Reminder,
    ReminderClock,
    SuperiorRequest,
    Training,
    Workshop,
    WorkshopPlace,
)
from lms.models import (
    Affiliation,
    Alarm,
    Approval,
    Cohort,
    CohortMember,
    CohortTrainer,
    Consent,
    Event,
    Invitation,
    JoinCode,
    Letter,
    Mandate,
    MembershipRule,
    NameChange,
    NameRequest,
    RosterCheck,
    Shield,
    SupportRequest,
    SupportVisit,
    User,
)
from lms.people.choices import Role
from lms.people.scope import ScopedQuerySet
from tests.factories import (
    AffiliationFactory,
    CohortFactory,
    EnrolmentFactory,
    InstitutionFactory,
    MandateFactory,
)

today = timezone.localdate  # asked in each test: a run may pass midnight
DAY = timedelta(days=1)
LEFT = date(2026, 3, 31)

pytestmark = pytest.mark.django_db
ABOUT_PEOPLE = [
    User,
    Affiliation,
    Consent,
    Event,
    Enrolment,
    Completion,
    Attempt,
    AttemptItem,
    Alarm,
    Approval,
    Cohort,
    CohortMember,
    CohortTrainer,
    Assignment,
    AssignmentException,
    CalendarFeed,
    SuperiorRequest,
    Invitation,
    JoinCode,
    Letter,
    Mandate,
    MembershipRule,
    NameChange,
    NameRequest,
    Reminder,
    ReminderClock,
    RosterCheck,
    Shield,
    SupportRequest,
    SupportVisit,
    Attendance,
    LedgerEntry,
    Observation,
    Training,
    Workshop,
    WorkshopPlace,
]


def test_a_person_sees_oneself_and_nobody_else(ana, bruno):
    assert list(User.objects.visible_to(ana)) == [ana]


def test_a_person_sees_what_is_about_oneself(ana, bruno, enrolment):
    assert list(Enrolment.objects.visible_to(ana)) == [enrolment]
    assert list(Enrolment.objects.visible_to(bruno)) == []
    assert list(Affiliation.objects.visible_to(ana)) == [ana.affiliations.get()]


def test_an_administrator_does_not_browse(admin, ana, enrolment):
    assert list(User.objects.visible_to(admin)) == [admin]
    assert list(Enrolment.objects.visible_to(admin)) == []


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=lambda m: m.__name__)
def test_somebody_without_an_account_sees_nothing(model, ana, enrolment):
    assert list(model.objects.visible_to(AnonymousUser())) == []


def test_a_closed_account_sees_nothing(ana, enrolment):
    ana.is_active = False

    assert list(User.objects.visible_to(ana)) == []
    assert list(Enrolment.objects.visible_to(ana)) == []


def test_rows_that_name_no_person_path_are_seen_by_nobody(ana):
    assert ScopedQuerySet(User).visible_to(ana).query.is_empty()


@pytest.fixture
def confirmed(ana, ines):
    """Ana's post at the judiciary, which Inés has confirmed."""
    post = ana.affiliations.get()
    post.confirmed_by, post.confirmed_at = ines, timezone.now()
    post.save()
    return post


def test_a_trainer_sees_the_members_of_the_cohorts_they_train(tomas, ana, bruno):
    CohortFactory(members=[bruno])

    assert set(User.objects.visible_to(tomas)) == {tomas, ana}
    assert [c.name for c in Cohort.objects.visible_to(tomas)] == ["Judicaturas 2026"]


def test_a_trainer_sees_no_cohort_outside_the_country_of_the_mandate(tomas, carla):
    CohortFactory(country="HN", trainers=[tomas], members=[carla])

    assert carla not in User.objects.visible_to(tomas)
    assert not Cohort.objects.visible_to(tomas).filter(country="HN").exists()


def test_a_trainer_sees_nobody_who_left_the_cohort(tomas, ana):
    ana.member_rows.update(until_on=today() - DAY)

    assert list(User.objects.visible_to(tomas)) == [tomas]


@pytest.mark.parametrize(
    ("from_on", "until_on", "seen"),
    [
        (-90, 0, True),
        (-90, -1, True),
        (-90, -30, True),
        (-90, -31, False),
        (1, 90, True),  # who will come
    ],
)
def test_a_trainer_sees_a_cohort_until_its_books_are_closed(
    django_assert_num_queries, tomas, bruno, from_on, until_on, seen
):
    Cohort.objects.update(until_on=LEFT)
    AffiliationFactory(person=bruno)
    of_bruno = CohortFactory(trainers=[tomas], members=[bruno])
    Cohort.objects.filter(pk=of_bruno.pk).update(
        from_on=today() + timedelta(days=from_on),
        until_on=today() + timedelta(days=until_on),
    )

    with django_assert_num_queries(1):
        people = set(User.objects.visible_to(tomas))

    assert people == ({tomas, bruno} if seen else {tomas})
    assert list(Cohort.objects.visible_to(tomas)) == [of_bruno] * seen
    assert Affiliation.objects.visible_to(tomas).filter(person=bruno).exists() is seen


def test_training_a_cohort_without_a_mandate_shows_nobody(ana, bruno):
    CohortFactory(trainers=[bruno], members=[ana])

    assert list(User.objects.visible_to(bruno)) == [bruno]


def test_a_ministry_sees_whom_it_confirmed(ines, hugo, ana, bruno, confirmed):
    assert set(User.objects.visible_to(ines)) == {ines, ana}
    assert list(User.objects.visible_to(hugo)) == [hugo]


def test_a_ministry_does_not_see_who_only_says_so(ines, ana):
    assert list(User.objects.visible_to(ines)) == [ines]


def test_an_institution_sees_those_of_the_institutions_below(ines, judiciary, bruno):
    court = InstitutionFactory(parent=judiciary)
    AffiliationFactory(person=bruno, institution=court, confirmed=True)

    assert bruno in User.objects.visible_to(ines)


def test_a_country_sees_every_institution_of_the_country(confirmed, ana, bruno):
    officer = MandateFactory(country="GT").holder
    AffiliationFactory(person=bruno, confirmed=True)
    foreign = InstitutionFactory(country="HN")
    AffiliationFactory(institution=foreign, confirmed=True)

    assert set(User.objects.visible_to(officer)) == {officer, ana, bruno}


@pytest.mark.parametrize(
    "change",
    [
        lambda: {"ended_at": timezone.now(), "ended_reason": "over"},
        lambda: {"until_on": today() - DAY},
        lambda: {"from_on": today() + DAY},
        lambda: {"accepted_at": None, "holder": None},
    ],
    ids=["revoked", "run out", "not begun", "not accepted"],
)
def test_a_mandate_that_does_not_stand_shows_nobody(ines, confirmed, change):
    Mandate.objects.filter(holder=ines).update(**change())

    assert list(User.objects.visible_to(ines)) == [ines]


def test_the_secretariat_sees_figures_and_never_a_person(sofia, ana, confirmed):
    assert list(User.objects.visible_to(sofia)) == [sofia]


def test_shielded_people_are_seen_by_their_countrys_officers_alone(
    tomas, ines, ana, confirmed
):
    ana.shielded = True
    ana.save()
    guard = MandateFactory(role=Role.PROTECTION, seat=1).holder
    foreign = MandateFactory(role=Role.PROTECTION, seat=1, country="HN").holder

    for viewer in (tomas, ines, foreign):
        assert list(User.objects.visible_to(viewer)) == [viewer]
    assert set(User.objects.visible_to(guard)) == {guard, ana}


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        (datetime(2026, 3, 1, 12, tzinfo=UTC), True),
        (datetime(2026, 4, 1, 5, 59, tzinfo=UTC), True),  # still 31 March there
        (datetime(2026, 4, 1, 6, 0, tzinfo=UTC), False),
    ],
)
def test_what_somebody_does_after_leaving_stays_theirs(
    ines, ana, confirmed, edition, at, seen
):
    confirmed.until_on = LEFT
    confirmed.save()
    EnrolmentFactory(learner=ana, edition=edition, enrolled_at=at)

    assert Enrolment.objects.visible_to(ines).exists() is seen
    assert ana not in User.objects.visible_to(ines)


def test_a_course_completed_after_leaving_is_not_seen(ines, ana, confirmed, edition):
    confirmed.until_on = LEFT
    confirmed.save()
    begun = EnrolmentFactory(
        learner=ana, edition=edition, enrolled_at=datetime(2026, 3, 1, tzinfo=UTC)
    )

    assert list(Enrolment.objects.visible_to(ines)) == [begun]
    begun.completed_at = datetime(2026, 5, 1, tzinfo=UTC)
    begun.save()
    assert list(Enrolment.objects.visible_to(ines)) == []


def test_nobody_sees_what_another_agreed_to(ines, tomas, ana, confirmed):
    Consent.objects.create(person=ana, version="1", at=timezone.now())

    for viewer in (ines, tomas):
        assert list(Consent.objects.visible_to(viewer)) == []


def test_a_ministry_sees_only_the_posts_in_its_institutions(ines, ana, confirmed):
    AffiliationFactory(
        person=ana, confirmed=True, from_on=date(2023, 1, 1), until_on=date(2023, 12, 1)
    )

    assert list(Affiliation.objects.visible_to(ines)) == [confirmed]


def test_claims_wait_with_the_institution_they_name(ines, hugo, ana, bruno):
    AffiliationFactory(person=bruno)

    claims = Affiliation.objects.claims_for(ines, on=today())

    assert [claim.person for claim in claims] == [ana]
    assert list(Affiliation.objects.claims_for(hugo, on=today())) == []


def test_mandates_are_seen_by_holders_and_by_who_stands_above(
    admin, sofia, ines, hugo, tomas
):
    country = MandateFactory(country="GT").holder

    def seen_by(viewer):
        return {mandate.holder for mandate in Mandate.objects.visible_to(viewer)}

    assert seen_by(admin) == {sofia, ines, hugo, tomas, country}
    assert seen_by(sofia) == {sofia, ines, hugo, tomas, country}
    assert seen_by(country) == {country, ines}
    assert seen_by(ines) == {ines}


def test_sight_is_one_query_however_many_mandates(
    django_assert_num_queries, ines, ana, confirmed
):
    for _number in range(3):
        MandateFactory(holder=ines, country="GT")

    with django_assert_num_queries(1):
        assert len(User.objects.visible_to(ines)) == 2
