"""Workshops, places, attendance and the hours that follow: each recorded once."""

from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.utils import timezone

from courses.inperson import rules
from courses.inperson.actions.attendance import correct, mark, mark_all, mark_by_code
from courses.inperson.actions.places import give_place_back, take_place
from courses.inperson.actions.workshops import (
    Plan,
    cancel_workshop,
    change_workshop,
    plan_workshop,
)
from courses.inperson.hours import minutes_in_person, own_minutes_by_year
from courses.models import Attendance, LedgerEntry, Workshop, WorkshopPlace
from lms.audit.models import AppendOnly
from lms.models import Cohort, CohortMember, Merger, User
from lms.people import actions as people
from lms.people.choices import Country, Role
from lms.refusals import Refused
from tests.factories import (
    NOON,
    CohortFactory,
    MandateFactory,
    PersonFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
TYPED, SHEET, CODE = Attendance.How.TYPED, Attendance.How.SHEET, Attendance.How.CODE
HOUR = timedelta(hours=1)


@contextmanager
def somebody_is_faster(row):
    """Store `row` just before the block's first savepoint, so that it stays."""
    stored = []

    def store(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and not stored:
            stored.append(row)
            type(row).objects.bulk_create([row])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(store):
        yield


def plan(**facts):
    return Plan(
        **{
            "title": "Entrevista",
            "place": "Sala 2",
            "starts_at": NOON,
            "ends_at": NOON + 4 * HOUR,
            "minutes": 180,
            "capacity": 3,
            "language": "es",
        }
        | facts
    )


@pytest.fixture
def ahead(workshop):
    """The same workshop, tomorrow."""
    workshop.starts_at += timedelta(days=1)
    workshop.ends_at += timedelta(days=1)
    workshop.save()
    return workshop


def ledger(person):
    rows = LedgerEntry.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("minutes", "kind", "on", "workshop"))


def test_workshop_is_planned_once(cohort, tomas, at):
    made = plan_workshop(cohort, plan=plan(), by=tomas, at=at)

    assert plan_workshop(cohort, plan=plan(), by=tomas, at=at) == made
    assert (made.title, made.minutes, made.made_by, made.taken) == (
        "Entrevista",
        180,
        tomas,
        0,
    )


@pytest.mark.parametrize(
    "act", ["plan", "change", "cancel", "mark", "correct", "take a place"]
)
def test_nothing_is_changed_where_somebody_archived_the_cohort_meanwhile(
    act, cohort, workshop, ana, bruno, tomas, at
):
    mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    marked = Attendance.objects.get()
    acts = {
        "plan": lambda: plan_workshop(cohort, plan=plan(), by=tomas, at=at),
        "change": lambda: change_workshop(workshop, plan=plan(), at=at),
        "cancel": lambda: cancel_workshop(workshop, at=at),
        "mark": lambda: mark(workshop, person=bruno, how=TYPED, by=tomas, at=at),
        "correct": lambda: correct(
            marked, present=False, reason="Se fue", by=tomas, at=at
        ),
        "take a place": lambda: take_place(workshop, person=bruno, at=at),
    }
    Cohort.objects.update(archived_at=at)

    with pytest.raises(Refused) as refused:
        acts[act]()

    assert refused.value.reasons == ["cohort-archived"]


def test_workshop_outside_its_cohort_is_refused(cohort, tomas, at):
    cohort.until_on = NOON.date() + timedelta(days=899)
    late = plan(
        starts_at=NOON + timedelta(days=900), ends_at=NOON + timedelta(days=901)
    )

    with pytest.raises(Refused) as refused:
        plan_workshop(cohort, plan=late, by=tomas, at=at)

    assert refused.value.reasons == ["outside-the-cohort"]
    assert not Workshop.objects.exists()


def test_days_are_those_of_the_cohorts_zone(cohort, tomas, at):
    """Six in the morning in London is midnight in Guatemala, the day before."""
    cohort.until_on = date(2026, 11, 2)
    evening = NOON.replace(day=3, hour=1)

    made = plan_workshop(
        cohort,
        plan=plan(starts_at=evening, ends_at=evening + 4 * HOUR),
        by=tomas,
        at=at,
    )

    assert made.starts.hour == 19


def test_workshop_is_changed(ahead, at):
    change_workshop(ahead, plan=plan(title="Otra", minutes=60), at=at)

    ahead.refresh_from_db()
    assert (ahead.title, ahead.starts_at, ahead.minutes) == ("Otra", NOON, 60)


def test_workshop_has_three_places_or_more(cohort, ahead, tomas, at):
    few = plan(capacity=rules.LEAST_PLACES - 1)

    for act in (
        lambda: plan_workshop(cohort, plan=few, by=tomas, at=at),
        lambda: change_workshop(ahead, plan=few, at=at),
    ):
        assert refusal(act) == ["too-few-places"]


@pytest.mark.parametrize("somebody_has_one", [True, False])
def test_places_become_more_and_never_fewer(ahead, ana, at, somebody_has_one):
    stale = Workshop.objects.get()
    hours = {"starts_at": ahead.starts_at, "ends_at": ahead.ends_at}
    if somebody_has_one:
        take_place(ahead, person=ana, at=at)
    change_workshop(ahead, plan=plan(capacity=5, **hours), at=at)

    fewer = plan(capacity=4, **hours)
    for seen in (stale, Workshop.objects.get()):
        assert refusal(lambda one=seen: change_workshop(one, plan=fewer, at=at)) == [
            "places-stand"
        ]

    assert Workshop.objects.get().capacity == 5


@pytest.mark.parametrize(("before", "taken"), [(1, 1), (0, 0)])
def test_places_are_taken_until_it_begins(workshop, ana, before, taken):
    at = workshop.starts_at - timedelta(microseconds=before)

    reasons = []
    try:
        take_place(workshop, person=ana, at=at)
    except Refused as refused:
        reasons = refused.reasons

    assert reasons == ["begun"] * (1 - taken)
    assert Workshop.objects.get().taken == taken


@pytest.mark.parametrize("came", ["nobody", "somebody", "somebody shielded"])
def test_hours_stand_once_people_may_be_marked_whoever_came(workshop, came):
    opens = workshop.starts_at - timedelta(minutes=30)
    if came != "nobody":
        person = PersonFactory(shielded=came == "somebody shielded")
        mark(workshop, person=person, how=CODE, by=person, at=opens)
    changes = (
        {"minutes": 60},
        {"starts_at": NOON - HOUR},
        {"ends_at": NOON + 5 * HOUR},
    )

    for facts in changes:
        moved = plan(**facts)
        act = partial(change_workshop, workshop, plan=moved, at=opens)
        assert refusal(act) == ["hours-stand"]
    assert refusal(lambda: cancel_workshop(workshop, at=opens)) == ["hours-stand"]
    change_workshop(workshop, plan=plan(title="Otra"), at=opens)
    now = Workshop.objects.get()
    assert (now.title, now.minutes, now.cancelled_at) == ("Otra", 180, None)


def test_until_people_may_be_marked_it_is_moved_and_cancelled(workshop):
    before = workshop.starts_at - timedelta(minutes=30, microseconds=1)

    change_workshop(workshop, plan=plan(starts_at=NOON + HOUR), at=before)
    cancel_workshop(workshop, at=before)

    now = Workshop.objects.get()
    assert (now.starts_at, now.cancelled_at) == (NOON + HOUR, before)


def test_cancelled_workshop_is_neither_changed_nor_attended(ahead, ana, tomas, at):
    cancel_workshop(ahead, at=at)
    begins = ahead.starts_at
    cancel_workshop(ahead, at=begins)
    ahead.refresh_from_db()

    assert ahead.cancelled_at == at
    for act in (
        lambda: change_workshop(ahead, plan=plan(), at=at),
        lambda: mark(ahead, person=ana, how=TYPED, by=tomas, at=begins),
    ):
        assert refusal(act) == ["cancelled"]


def test_what_another_workshop_was_is_not_asked(workshop, ana, tomas, at):
    mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    row = Attendance.objects.get()
    correct(row, present=False, reason="se fue", by=tomas, at=at)
    WorkshopFactory(cohort=workshop.cohort, title="Otra", cancelled_at=at)

    assert correct(row, present=True, reason="volvió", by=tomas, at=at)


def test_place_is_taken_once_and_given_back_once(ahead, ana, at):
    for _time in range(2):
        take_place(ahead, person=ana, at=at)
    ahead.refresh_from_db()
    assert (ahead.taken, ahead.is_full) == (1, False)

    for _time in range(2):
        give_place_back(ahead, person=ana, at=at)
    ahead.refresh_from_db()
    assert ahead.taken == 0
    take_place(ahead, person=ana, at=at)
    assert WorkshopPlace.objects.held().count() == 1


def test_same_place_taken_at_once_is_one(ahead, ana, at):
    Workshop.objects.update(taken=1)
    faster = WorkshopPlace(workshop=ahead, person=ana, taken_at=at)

    with somebody_is_faster(faster):
        take_place(ahead, person=ana, at=at)

    assert WorkshopPlace.objects.get() == faster
    assert Workshop.objects.get().taken == 1


def test_place_of_who_left_the_cohort_is_free_again(ahead, ana, bruno, carla, at):
    Workshop.objects.update(capacity=1)
    take_place(ahead, person=ana, at=at)
    with pytest.raises(Refused):
        take_place(ahead, person=bruno, at=at)

    ana.member_rows.update(until_on=timezone.localdate(at) - timedelta(days=1))
    take_place(ahead, person=bruno, at=at)

    ahead.refresh_from_db()
    assert ahead.taken == 1
    assert [row.person for row in WorkshopPlace.objects.held()] == [bruno]


def test_last_place_goes_to_one_of_those_who_race(ahead, ana, bruno, carla, at):
    """Each has read that one is left; the number in the database decides."""
    seen = [Workshop.objects.get() for _one in range(3)]
    Workshop.objects.update(capacity=1)
    take_place(seen[0], person=ana, at=at)

    for stale, person in zip(seen[1:], (bruno, carla), strict=True):
        with pytest.raises(Refused) as refused:
            take_place(stale, person=person, at=at)
        assert refused.value.reasons == ["full"]

    assert [place.person for place in WorkshopPlace.objects.all()] == [ana]
    assert Workshop.objects.get().taken == 1


def test_database_gives_no_more_places_than_there_are(ahead):
    with pytest.raises(IntegrityError):
        Workshop.objects.update(taken=3)


def test_no_place_in_what_has_begun_or_is_cancelled(workshop, ana, at):
    Workshop.objects.update(cancelled_at=at)

    with pytest.raises(Refused) as refused:
        take_place(workshop, person=ana, at=at)

    assert refused.value.reasons == ["cancelled", "begun"]


def test_who_was_there_is_marked_once_with_the_hours(workshop, ana, tomas, at):
    first = mark(workshop, person=ana, how=SHEET, by=tomas, at=at)
    again = mark(workshop, person=ana, how=TYPED, by=tomas, at=at + HOUR)

    assert (first, again) == (True, False)
    row = Attendance.objects.get()
    assert (row.present, row.how, row.marked_by, row.marked_at) == (
        True,
        "sheet",
        tomas,
        at,
    )
    assert ledger(ana) == [(180, "workshop", date(2026, 11, 2), workshop.pk)]


def test_two_marks_at_once_are_one(workshop, ana, tomas, at):
    faster = Attendance(
        workshop=workshop,
        person=ana,
        present=True,
        how="code",
        marked_by=ana,
        marked_at=at,
    )

    with somebody_is_faster(faster):
        assert not mark(workshop, person=ana, how=TYPED, by=tomas, at=at)

    assert Attendance.objects.get() == faster
    assert ledger(ana) == []  # that is the other's to write


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reasons


def test_who_leads_the_cohort_is_marked_by_somebody_else(workshop, tomas, admin, at):
    CohortMember.objects.create(
        cohort=workshop.cohort, person=tomas, from_on=NOON.date()
    )
    code = rules.room_code(
        workshop.uuid, window=rules.window_of(at), key=settings.SECRET_KEY
    )
    ways = (
        lambda: mark(workshop, person=tomas, how=TYPED, by=tomas, at=at),
        lambda: mark(workshop, person=tomas, how=SHEET, by=tomas, at=at),
        lambda: mark_all(workshop, marks=[(tomas, True)], by=tomas, at=at),
        lambda: mark_by_code(workshop, person=tomas, typed=code, at=at),
    )

    assert [refusal(way) for way in ways] == [["own-presence"]] * 4
    assert ledger(tomas) == []
    mark(workshop, person=tomas, present=False, how=TYPED, by=admin, at=at)
    row = Attendance.objects.get()
    again = {"present": True, "reason": "Sí estuve", "by": tomas, "at": at}
    assert refusal(lambda: correct(row, **again)) == ["own-presence"]
    assert ledger(tomas) == []


@pytest.mark.parametrize(
    ("begins", "overlaps"), [(-4, False), (-3, True), (0, True), (3, True), (4, False)]
)
def test_nobody_was_in_two_rooms_at_once(workshop, ana, tomas, at, begins, overlaps):
    mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    other = WorkshopFactory(
        cohort=workshop.cohort,
        title="Otra",
        starts_at=workshop.starts_at + begins * HOUR,
        ends_at=workshop.ends_at + begins * HOUR,
    )
    late = other.ends_at

    def both():
        marks = [(ana, True), (PersonFactory(), True)]
        return mark_all(other, marks=marks, by=tomas, at=late)

    if not overlaps:
        assert both() == 2
        return
    assert refusal(both) == ["was-elsewhere"]
    assert not Attendance.objects.filter(workshop=other).exists()
    mark(other, person=ana, present=False, how=TYPED, by=tomas, at=late)
    row = Attendance.objects.get(workshop=other)
    again = {"present": True, "reason": "Sí", "by": tomas, "at": late}
    assert refusal(lambda: correct(row, **again)) == ["was-elsewhere"]
    assert [minutes for minutes, *_ in ledger(ana)] == [180]


@pytest.fixture
def elsewhere(workshop, ana):
    """A workshop of those hours, in a cohort of Ana's that Tomás does not train."""
    other = PersonFactory()
    MandateFactory(holder=other, role=Role.TRAINER)
    cohort = CohortFactory(trainers=[other], members=[ana])
    return WorkshopFactory(
        cohort=cohort, starts_at=workshop.starts_at, ends_at=workshop.ends_at
    )


@pytest.mark.parametrize("way", ["typed", "corrected"])
def test_no_refusal_tells_a_trainer_of_anothers_workshop(
    workshop, elsewhere, ana, tomas, at, way
):
    theirs = elsewhere.cohort.trainers.get()
    mark(elsewhere, person=ana, how=TYPED, by=theirs, at=at)

    if way == "typed":
        mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    else:
        mark(workshop, person=ana, present=False, how=TYPED, by=tomas, at=at)
        row = Attendance.objects.get(workshop=workshop)
        correct(row, present=True, reason="Sí", by=tomas, at=at)

    assert Attendance.objects.get(workshop=workshop).present
    assert [place for *_, place in ledger(ana)] == [elsewhere.pk]  # once, the first


def test_who_types_the_code_is_told_where_they_were(workshop, elsewhere, ana, at):
    theirs = elsewhere.cohort.trainers.get()
    mark(elsewhere, person=ana, how=TYPED, by=theirs, at=at)

    assert refusal(lambda: mark(workshop, person=ana, how=CODE, by=ana, at=at)) == [
        "was-elsewhere"
    ]


def test_hours_follow_to_the_other_room_when_the_first_was_a_mistake(
    workshop, elsewhere, ana, tomas, at
):
    theirs = elsewhere.cohort.trainers.get()
    mark(elsewhere, person=ana, how=TYPED, by=theirs, at=at)
    mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    row = Attendance.objects.get(workshop=elsewhere)

    for _time in range(2):
        correct(row, present=False, reason="Era otra", by=theirs, at=at)

    counted = LedgerEntry.objects.counting().get(person=ana)
    assert (counted.workshop, counted.by) == (workshop, tomas)


def test_list_marks_present_and_absent(workshop, ana, bruno, tomas, at):
    marks = [(ana, True), (bruno, False)]

    assert mark_all(workshop, marks=marks, by=tomas, at=at) == 2
    assert mark_all(workshop, marks=marks, by=tomas, at=at) == 0
    assert dict(Attendance.objects.values_list("person", "present")) == {
        ana.pk: True,
        bruno.pk: False,
    }
    assert ledger(bruno) == []


def test_nobody_is_marked_long_before(ahead, ana, tomas, at):
    with pytest.raises(Refused) as refused:
        mark(ahead, person=ana, how=TYPED, by=tomas, at=at)

    assert refused.value.reasons == ["not-yet"]


def code_of(workshop, at):
    window = rules.window_of(at)
    return rules.room_code(workshop.uuid, window=window, key=settings.SECRET_KEY)


def test_code_of_the_room_marks_whoever_types_it(workshop, ana, at):
    row = mark_by_code(workshop, person=ana, typed=code_of(workshop, at), at=at)
    again = mark_by_code(workshop, person=ana, typed=code_of(workshop, at), at=at)

    assert (row.present, row.how, row.marked_by) == (True, "code", ana)
    assert again == row
    assert len(ledger(ana)) == 1


def test_wrong_code_marks_nobody_and_tries_are_counted(workshop, ana, bruno, at):
    def reasons(person, typed, at):
        with pytest.raises(Refused) as refused:
            mark_by_code(workshop, person=person, typed=typed, at=at)
        return refused.value.reasons

    tried = [reasons(ana, "x", at) for _time in range(rules.TRIES)]

    assert tried == [["wrong-code"]] * rules.TRIES
    assert reasons(ana, code_of(workshop, at), at) == ["too-many-tries"]
    assert reasons(bruno, "x", at) == ["wrong-code"]
    later = at + rules.TRIES_TIME
    assert mark_by_code(
        workshop, person=ana, typed=code_of(workshop, later), at=later
    ).present


@pytest.mark.parametrize("when", ["early", "late", "cancelled"])
def test_code_does_not_count_at_other_times(workshop, ana, at, when):
    if when == "cancelled":
        workshop.cancelled_at = at
    moment = at + {"early": -HOUR, "late": 5 * HOUR, "cancelled": 0 * HOUR}[when]

    with pytest.raises(Refused) as refused:
        mark_by_code(workshop, person=ana, typed=code_of(workshop, moment), at=moment)

    assert refused.value.reasons == ["not-now"]


def test_correction_is_followed_by_the_ledger_once(workshop, ana, tomas, at):
    mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    row, stale = Attendance.objects.get(), Attendance.objects.get()

    changed = [
        correct(one, present=False, reason="Se fue", by=tomas, at=at + HOUR)
        for one in (row, stale)
    ]

    assert changed == [True, False]
    row.refresh_from_db()
    assert (row.present, row.corrected_by, row.reason) == (False, tomas, "Se fue")
    assert [entry[0] for entry in ledger(ana)] == [180, -180]
    assert correct(row, present=True, reason="Volvió", by=tomas, at=at + 2 * HOUR)
    assert [entry[0] for entry in ledger(ana)] == [180, -180, 180]
    assert LedgerEntry.objects.counting().count() == 1


def test_ledger_is_only_written(workshop, ana, tomas, at):
    mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    entry = LedgerEntry.objects.get()
    entry.minutes = 999

    for act in (
        entry.save,
        entry.delete,
        LedgerEntry.objects.all().delete,
        lambda: LedgerEntry.objects.update(minutes=999),
    ):
        with pytest.raises(AppendOnly):
            act()
    assert ledger(ana) == [(180, "workshop", date(2026, 11, 2), workshop.pk)]


@pytest.mark.parametrize(
    "facts",
    [{"minutes": 0}, {"minutes": -1}, {"workshop": None}],
)
def test_ledger_takes_no_entry_that_means_nothing(workshop, ana, tomas, at, facts):
    entry = {
        "person": ana,
        "minutes": 60,
        "kind": "workshop",
        "on": at.date(),
        "workshop": workshop,
        "at": at,
        "by": tomas,
    }

    with pytest.raises(IntegrityError):
        LedgerEntry.objects.create(**(entry | facts))


def test_minutes_in_person_are_one_query(
    workshop, cohort, ana, bruno, carla, tomas, at, django_assert_num_queries
):
    later = WorkshopFactory(
        cohort=cohort, starts_at=at + 48 * HOUR, ends_at=at + 50 * HOUR
    )
    for one, person in [(workshop, ana), (later, ana), (workshop, bruno)]:
        mark(one, person=person, how=TYPED, by=tomas, at=at + 48 * HOUR)
    correct(
        Attendance.objects.get(person=bruno), present=False, reason="x", by=tomas, at=at
    )
    days = (date(2026, 11, 1), date(2026, 11, 3))

    with django_assert_num_queries(1):
        found = minutes_in_person([ana, bruno, carla], days)

    assert found == {ana.pk: 180}
    assert minutes_in_person(
        User.objects.filter(pk=ana.pk), (days[0], date(2026, 11, 4))
    ) == {ana.pk: 360}
    assert own_minutes_by_year(ana) == {2026: 360}
    assert own_minutes_by_year(bruno) == {}


def become_one(kept, gone, by, at):
    merger = Merger.objects.create(
        kept=kept, gone=gone, asked_by=by, asked_at=at, reason="the same"
    )
    people.merge(merger, by=by, at=at)


def test_accounts_that_become_one_were_there_once(
    ahead, cohort, ana, bruno, tomas, admin, at
):
    workshop = WorkshopFactory(cohort=cohort)
    for person in (ana, bruno):
        take_place(ahead, person=person, at=at)
        mark(workshop, person=person, how=TYPED, by=tomas, at=at)

    become_one(ana, bruno, admin, at)

    ahead.refresh_from_db()
    assert ahead.taken == 1
    assert [place.person for place in WorkshopPlace.objects.held()] == [ana]
    assert [row.person for row in Attendance.objects.all()] == [ana]
    assert [entry[0] for entry in ledger(ana)] == [180, 180, -180]
    assert ledger(bruno) == []


def test_who_was_there_with_either_account_was_there(
    workshop, ana, bruno, tomas, admin, at
):
    mark(workshop, person=ana, present=False, how=TYPED, by=tomas, at=at)
    mark(workshop, person=bruno, how=CODE, by=bruno, at=at)

    become_one(ana, bruno, admin, at)

    row = Attendance.objects.get()
    assert (row.person, row.present) == (ana, True)
    assert [entry[0] for entry in ledger(ana)] == [180]


def test_erased_person_leaves_figures_without_words(workshop, ana, tomas, at):
    mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    correct(Attendance.objects.get(), present=False, reason="Se fue", by=tomas, at=at)

    people.erase(ana, by=ana, at=at)

    assert Attendance.objects.get().reason == "—"
    assert [entry[0] for entry in ledger(ana)] == [180, -180]


def test_hours_are_seen_by_those_to_whom_the_person_belonged(
    workshop, ana, bruno, tomas, ines, at
):
    mark(workshop, person=ana, how=TYPED, by=tomas, at=at)
    post = ana.affiliations.get()
    post.confirmed_by, post.confirmed_at = ines, at
    post.save()

    def seen(viewer):
        return LedgerEntry.objects.visible_to(viewer).exists()

    assert [seen(who) for who in (ana, tomas, ines, bruno)] == [True] * 3 + [False]
    post.until_on = timezone.localdate(at) - timedelta(days=1)
    post.save()
    assert not seen(ines)


def test_workshops_are_seen_by_the_trainers_of_the_cohort(workshop, ana, tomas, sofia):
    other = CohortFactory(country=Country.HONDURAS, members=[PersonFactory()])
    WorkshopFactory(cohort=other, made_by=tomas)

    for viewer, seen in [(tomas, [workshop]), (ana, []), (sofia, [])]:
        assert list(Workshop.objects.visible_to(viewer)) == seen
    today = timezone.localdate(NOON)
    assert list(Workshop.objects.for_member(ana, on=today)) == [workshop]
    assert list(Workshop.objects.for_member(tomas, on=today)) == []
