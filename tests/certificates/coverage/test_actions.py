"""Loading a roster once, whole; naming and ending holders; what is written down."""

from datetime import timedelta

import pytest

from certificates.coverage import actions
from certificates.coverage.columns import POSTS
from certificates.coverage.planning import plan_of
from certificates.coverage.tasks import run_forget_post_rosters
from certificates.models import DutyPost, PostHolder, PostRoster
from lms.models import Affiliation, Event, Mandate
from lms.refusals import Refused
from lms.team.roster.reading import read_pasted
from tests.certificates.coverage.building import ON, ROW, a_post, holds, of, roster
from tests.factories import InstitutionFactory, MandateFactory, rival

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OTHER = "Turno B;TB;gt-organismo-judicial;court;C1;;;;"


@pytest.fixture
def load(ines, course, at):
    """Return a function that checks and loads a roster, and returns what was done."""

    def load_rows(*rows, by=ines, on=at):
        return actions.load(kept_of(by, on, *rows), by=by, at=on)

    return load_rows


def kept_of(by, at, *rows):
    reading = read_pasted(roster(*rows), POSTS)
    return actions.check_roster(reading, by=by, file_name="lista.csv", at=at)


def posts():
    rows = DutyPost.objects.order_by("code")
    return [(one.code, one.name, one.retired_at is None) for one in rows]


def named():
    rows = PostHolder.objects.order_by("pk")
    return [(one.person, one.from_on, one.until_on) for one in rows]


def refusal(call, *args, **facts):
    with pytest.raises(Refused) as refused:
        call(*args, **facts)
    return refused.value.reasons


def test_nothing_is_made_until_it_is_loaded(ines, course, at):
    kept = kept_of(ines, at, ROW)

    assert (posts(), kept.until_at - kept.made_at) == ([], timedelta(hours=24))
    assert [one.name for one in actions.report_of(kept).rows] == ["Turno A"]


def test_a_roster_makes_posts(load, ines, course, judiciary, at):
    load(ROW)

    post = DutyPost.objects.get()
    kept = PostRoster.objects.get()

    assert (post.institution, post.course, post.track) == (judiciary, course, "judge")
    assert (post.place, post.cadence, post.basis) == ("border", 12, "Decreto 9-2009")
    assert (post.loaded_by, post.loaded_at) == (ines, at)
    assert (kept.rows, kept.report, kept.loaded_at) == ([], {}, at)
    assert (kept.made, kept.changed, kept.retired) == (1, 0, 0)
    assert list(kept.institutions.all()) == [judiciary]


def test_the_same_roster_again_changes_nothing(load, judiciary):
    person = of(judiciary)
    load(ROW + person.email, OTHER)
    before = list(DutyPost.objects.values()), list(PostHolder.objects.values())

    assert refusal(load, ROW + person.email, OTHER) == ["roster-same"]
    assert (
        list(DutyPost.objects.values()),
        list(PostHolder.objects.values()),
    ) == before


def test_a_checked_roster_is_loaded_once(ines, course, at):
    kept = kept_of(ines, at, ROW)
    actions.load(kept, by=ines, at=at)

    assert refusal(actions.load, kept, by=ines, at=at) == ["roster-loaded"]


def test_a_roster_is_loaded_within_its_day_by_who_gave_it(ines, hugo, course, at):
    kept = kept_of(ines, at, ROW)

    assert refusal(actions.load, kept, by=hugo, at=at) == ["roster-loaded"]
    assert refusal(actions.load, kept, by=ines, at=kept.until_at) == ["roster-loaded"]
    assert posts() == []


def test_posts_change_and_those_that_are_gone_are_retired(load, at):
    load(ROW, OTHER)
    before = DutyPost.objects.get(code="TA").uuid
    done = load(ROW.replace("Turno A", "Turno de día"), on=at + DAY)

    assert posts() == [("TA", "Turno de día", True), ("TB", "Turno B", False)]
    assert DutyPost.objects.get(code="TA").uuid == before
    assert (len(done.changed), len(done.retired)) == (1, 1)


def test_a_retired_post_comes_back(load):
    load(ROW, OTHER)
    load(ROW)
    load(ROW, OTHER)

    assert posts() == [("TA", "Turno A", True), ("TB", "Turno B", True)]


def test_with_errors_nothing_is_retired(load):
    load(ROW, OTHER)
    load(ROW.replace("Turno A", "Turno de día"), "Turno B;TB;;;C1;;;;")

    assert posts() == [("TA", "Turno de día", True), ("TB", "Turno B", True)]


def test_only_institutions_that_the_roster_names_lose_posts(
    load, ines, course, judiciary
):
    court = InstitutionFactory(parent=judiciary)
    other = a_post(court, course, ines)

    load(ROW)

    other.refresh_from_db()
    assert other.retired_at is None


def test_a_mandate_that_ended_loads_nothing(ines, course, at):
    kept = kept_of(ines, at, ROW)
    Mandate.objects.filter(holder=ines).update(ended_at=at, ended_reason="x")

    assert refusal(actions.load, kept, by=ines, at=at) == ["roster-same"]
    assert posts() == []


def test_of_two_who_make_a_post_at_once_the_later_changes_it(
    load, ines, course, judiciary
):
    other = a_post(judiciary, course, ines, code="TZ")
    other.delete()
    other.pk, other.code = None, "TA"

    with rival(other):
        load(ROW)

    assert posts() == [("TA", "Turno A", True)]


def test_people_are_named_from_today_on(load, judiciary, ines):
    person = of(judiciary)
    load(ROW + person.email)

    assert named() == [(person, ON, None)]
    event = Event.objects.get(kind=Event.Kind.CHANGE)
    assert (event.purpose, event.actor) == ("named for a duty post", ines)
    assert list(event.subjects.values_list("pk", flat=True)) == [person.pk]


def test_a_row_with_others_ends_who_was_named_and_one_without_does_not(
    load, judiciary, at
):
    one, two = of(judiciary), of(judiciary)
    load(ROW + one.email)
    load(ROW + two.email, on=at + DAY)

    assert named() == [(one, ON, ON), (two, ON + DAY, None)]

    assert refusal(load, ROW, on=at + DAY) == ["roster-same"]


def test_who_is_shielded_since_stays_named(load, judiciary, at):
    one, two = of(judiciary), of(judiciary)
    load(ROW + one.email)
    one.shielded = True
    one.save()
    load(ROW + two.email, on=at + DAY)

    assert named() == [(one, ON, None), (two, ON + DAY, None)]


def test_who_left_between_check_and_load_is_not_named(ines, course, judiciary, at):
    person = of(judiciary)
    kept = kept_of(ines, at, ROW + person.email)
    Affiliation.objects.filter(person=person).update(until_on=ON - DAY)

    actions.load(kept, by=ines, at=at)

    assert named() == []


def test_the_holders_of_a_retired_post_end(load, judiciary, at):
    person = of(judiciary)
    load(ROW + person.email, OTHER)
    load(OTHER, on=at + DAY)

    assert named() == [(person, ON, ON)]


def test_checking_people_is_one_look_at_them(ines, course, judiciary, at):
    person = of(judiciary)
    kept_of(ines, at, ROW + person.email, OTHER)

    event = Event.objects.get()
    assert (event.kind, event.purpose) == (
        "look",
        "people of a roster of duty posts",
    )
    assert list(event.subjects.values_list("pk", flat=True)) == [person.pk]


def test_naming_and_ending_are_safe_to_repeat(ines, ana, post, at):
    first = actions.name_holder(post, person=ana, by=ines, at=at)
    again = actions.name_holder(post, person=ana, by=ines, at=at)
    holder = PostHolder.objects.get()
    ended = actions.end_holding(holder, by=ines, at=at + DAY)
    ended_again = actions.end_holding(holder, by=ines, at=at + DAY)

    assert (first, again, ended, ended_again) == (True, False, True, False)
    assert named() == [(ana, ON, ON)]
    assert [e.purpose for e in Event.objects.order_by("pk")] == [
        "named for a duty post",
        "no longer named for a duty post",
    ]


def test_who_was_named_by_mistake_today_never_held_the_post(ines, ana, post, at):
    holder = holds(ana, post, from_on=ON)

    actions.end_holding(holder, by=ines, at=at)

    assert named() == []


def test_rosters_that_nobody_loaded_are_forgotten(load, ines, course, at):
    waiting = kept_of(ines, at, OTHER)
    load(ROW)

    actions.forget_rosters(at=waiting.until_at - DAY / 24)
    assert PostRoster.objects.count() == 2

    actions.forget_rosters(at=waiting.until_at)
    assert PostRoster.objects.loaded().count() == PostRoster.objects.count() == 1


def test_the_clock_forgets_them(ines, course, at):
    kept = kept_of(ines, at - timedelta(days=4000), OTHER)

    run_forget_post_rosters.func()

    assert not PostRoster.objects.filter(pk=kept.pk).exists()


def test_loadings_are_seen_by_who_covers_all_that_they_name(
    load, ines, hugo, judiciary
):
    country = MandateFactory().holder
    court = InstitutionFactory()
    load(ROW)
    kept = PostRoster.objects.get()

    def seen():
        return [
            list(PostRoster.objects.visible_to(one, on=ON))
            for one in (ines, country, hugo)
        ]

    assert seen() == [[kept], [kept], []]

    kept.institutions.add(court)
    other = MandateFactory(institution=court).holder
    assert list(PostRoster.objects.visible_to(other, on=ON)) == []
    assert seen() == [[kept], [kept], []]


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_takes_as_many_queries_for_many_posts(
    ines, course, judiciary, at, number, django_assert_num_queries
):
    rows = [
        f"P{n};;gt-organismo-judicial;;C1;;;;{of(judiciary).email}"
        for n in range(number)
    ]
    report = actions.report_of(kept_of(ines, at, *rows))

    with django_assert_num_queries(5):
        plan_of(report.rows, by=ines, on=ON, retires=True)
