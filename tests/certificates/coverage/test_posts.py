"""The state of posts in SQL is the one of the rules; figures count it, in sight."""

from datetime import date, timedelta

import pytest

from certificates.coverage import rules
from certificates.coverage.posts import (
    Figures,
    coverage_of,
    ends_of,
    holders_of,
    in_order,
    posts_in_sight,
    with_state,
)
from certificates.coverage.rules import State
from certificates.models import DutyPost, PostHolder
from lms.models import Affiliation, User
from lms.thresholds import SOON
from tests.certificates.coverage.building import (
    ON,
    a_post,
    certify,
    holds,
    of,
    supersede,
)
from tests.factories import AffiliationFactory, InstitutionFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR_AGO = date(2025, 11, 2)
LATER = ON + SOON


def states(viewer):
    return list(
        posts_in_sight(viewer, on=ON).order_by("pk").values_list("state", flat=True)
    )


@pytest.mark.parametrize(
    ("paper", "needs", "until_on", "expected"),
    [
        ({"until": LATER}, {}, None, State.COVERED),
        ({"until": LATER - DAY}, {}, None, State.LAPSING),
        ({"until": ON}, {}, None, State.LAPSING),
        ({"until": ON - DAY}, {}, None, State.GAP),
        ({"until": None}, {}, None, State.COVERED),
        ({"until": None}, {}, LATER, State.COVERED),
        ({"until": None}, {}, LATER - DAY, State.LAPSING),
        ({"until": None}, {}, ON - DAY, State.UNNAMED),
        ({"until": None}, {"track": "judge"}, None, State.COVERED),
        ({"until": None}, {"track": "opi"}, None, State.GAP),
        ({"until": None}, {"cadence": 12}, None, State.LAPSING),
        ({"until": None}, {"cadence": 11}, None, State.GAP),
        ({"until": None}, {"cadence": 15}, None, State.COVERED),
        ({"until": None}, {"cadence": 14}, None, State.LAPSING),
        ({"until": None, "on": ON + DAY}, {}, None, State.GAP),
        ({"until": None, "on": ON}, {}, None, State.COVERED),
    ],
)
def test_sql_and_rules_agree(
    judiciary, edition, ines, paper, needs, until_on, expected
):
    post = a_post(judiciary, edition.course, ines, **needs)
    person = of(judiciary)
    holds(person, post, until_on=until_on)
    certify(person, edition, **{"on": YEAR_AGO} | paper)

    held = holders_of([post], on=ON).get(post.pk, [])
    until = rules.covered_until(held, track=post.track, cadence=post.cadence, on=ON)

    assert states(ines) == [expected]
    assert rules.state(named=bool(held), until=until, on=ON) == expected


def test_what_was_revoked_or_superseded_covers_nothing(
    judiciary, edition, ines, post, at
):
    other = a_post(judiciary, edition.course, ines, track="judge")
    revoked, superseded = of(judiciary), of(judiciary)
    holds(revoked, post)
    holds(superseded, other)
    why = {"revoked_at": at, "revoked_reason": "x", "revoked_for": "earlier"}
    certify(revoked, edition, on=ON, until=None, **why)
    supersede(certify(superseded, edition, on=ON, until=None))

    assert states(ines) == [State.GAP, State.GAP]
    assert ends_of([post, other], on=ON) == {}


@pytest.mark.parametrize("lifted", [False, True])
def test_what_is_suspended_covers_nothing_until_that_is_lifted(
    judiciary, edition, ines, post, at, lifted
):
    person = of(judiciary)
    holds(person, post)
    facts = {"suspended_at": at, "lifted_at": at if lifted else None}
    certify(person, edition, on=ON, until=None, **facts)

    assert states(ines) == [State.COVERED if lifted else State.GAP]
    assert bool(ends_of([post], on=ON)) is lifted


def test_one_certificate_must_be_all_that_is_required(judiciary, edition, ines):
    """Not one of the right track and another that still stands."""
    post = a_post(judiciary, edition.course, ines, track="judge")
    person = of(judiciary)
    holds(person, post)
    certify(person, edition, on=YEAR_AGO, until=ON - DAY)
    certify(person, edition, on=ON, until=None, track="opi")

    assert states(ines) == [State.GAP]


def test_of_several_holders_the_last_one_counts(judiciary, edition, ines, post):
    for until in (ON + DAY, ON + 3 * DAY, ON - DAY):
        person = of(judiciary)
        holds(person, post)
        certify(person, edition, on=YEAR_AGO, until=until)

    assert states(ines) == [State.LAPSING]
    assert ends_of([post], on=ON) == {post.pk: ON + 3 * DAY}


def test_who_left_the_institution_or_closed_the_account_counts_no_more(
    judiciary, edition, ines, post, at
):
    person = of(judiciary)
    holds(person, post)
    certify(person, edition, on=YEAR_AGO, until=None)
    assert states(ines) == [State.COVERED]

    User.objects.filter(pk=person.pk).update(closed_at=at, is_active=False)
    assert states(ines) == [State.UNNAMED]

    User.objects.filter(pk=person.pk).update(closed_at=None, is_active=True)
    Affiliation.objects.filter(person=person).update(until_on=ON - DAY)
    AffiliationFactory(
        person=person,
        institution=InstitutionFactory(),
        confirmed=True,
        from_on=ON,
    )
    assert states(ines) == [State.UNNAMED]


def test_who_belongs_above_or_below_the_institution_counts(judiciary, edition, ines):
    court = InstitutionFactory(parent=judiciary)
    above = a_post(court, edition.course, ines)
    below = a_post(judiciary, edition.course, ines)
    for post, place in ((above, judiciary), (below, court)):
        person = of(place)
        holds(person, post)
        certify(person, edition, on=YEAR_AGO, until=None)

    assert states(ines) == [State.COVERED, State.COVERED]


def test_unconfirmed_people_cover_nothing(judiciary, edition, ines, post):
    person = PersonFactory()
    AffiliationFactory(person=person, institution=judiciary)
    holds(person, post)
    certify(person, edition, on=YEAR_AGO, until=None)

    assert states(ines) == [State.UNNAMED]


def test_a_post_of_a_shielded_holder_looks_as_if_nobody_held_it(
    judiciary, edition, ines, post
):
    person = of(judiciary, shielded=True)
    holds(person, post)
    certify(person, edition, on=YEAR_AGO, until=None)

    assert states(ines) == [State.UNNAMED]
    assert list(PostHolder.objects.visible_to(ines, on=ON)) == []


def test_holders_are_seen_by_the_ministry_they_belong_to(
    judiciary, ines, hugo, tomas, ana, post
):
    Affiliation.objects.filter(person=ana).update(
        confirmed_by=ines, confirmed_at="2026-01-01T00:00Z"
    )
    holder = holds(ana, post)

    seen = {
        person.email.split("@")[0]: list(PostHolder.objects.visible_to(person, on=ON))
        for person in (ines, hugo, tomas, ana)
    }

    assert seen == {"ines": [holder], "hugo": [], "tomas": [], "ana": [holder]}


def test_posts_are_in_sight_of_the_ministry_of_their_institution(
    edition, ines, hugo, post
):
    retired = a_post(post.institution, edition.course, ines, retired_at=post.loaded_at)
    abroad = a_post(InstitutionFactory(country="HN"), edition.course, hugo)

    assert list(posts_in_sight(ines, on=ON)) == [post]
    assert list(posts_in_sight(hugo, on=ON)) == [abroad]
    assert retired in DutyPost.objects.visible_to(ines, on=ON)


def test_coverage_counts_all_and_by_group(judiciary, edition, ines):
    court = InstitutionFactory(parent=judiciary, name_es="Tribunal", name_en="Court")
    covered = a_post(judiciary, edition.course, ines)
    a_post(judiciary, edition.course, ines, place="court")
    gap = a_post(court, edition.course, ines)
    person = of(judiciary)
    holds(person, covered)
    certify(person, edition, on=ON, until=None)
    holds(of(court), gap)

    found = coverage_of(posts_in_sight(ines, on=ON))

    assert found.totals == Figures(unnamed=1, gap=1, covered=1)
    assert (found.totals.certified, found.totals.gaps_soon, found.totals.percent) == (
        1,
        2,
        33,
    )
    assert {g.name: g.figures for g in found.institutions} == {
        str(judiciary): Figures(unnamed=1, covered=1),
        str(court): Figures(gap=1),
    }
    assert [g.figures.posts for g in found.places] == [2, 1]


def test_the_list_has_gaps_first_and_then_what_lapses_first(judiciary, edition, ines):
    covered, late, soon, gap, unnamed = (
        a_post(judiciary, edition.course, ines) for _one in range(5)
    )
    for post, until in ((covered, None), (late, ON + 9 * DAY), (soon, ON + DAY)):
        person = of(judiciary)
        holds(person, post)
        certify(person, edition, on=YEAR_AGO, until=until)
    holds(of(judiciary), gap)

    found = in_order(posts_in_sight(ines, on=ON), on=ON)

    assert found == [one.pk for one in (unnamed, gap, soon, late, covered)]


@pytest.mark.parametrize("number", [1, 3])
def test_coverage_takes_as_many_queries_for_many_posts(
    judiciary, edition, ines, number, django_assert_num_queries
):
    for _one in range(number):
        post = a_post(judiciary, edition.course, ines, cadence=12)
        person = of(judiciary)
        holds(person, post)
        certify(person, edition, on=ON, until=ON + DAY)

    with django_assert_num_queries(7):
        posts = with_state(DutyPost.objects.all(), on=ON)
        coverage_of(posts)
        in_order(posts, on=ON)
