"""Where sight begins and ends: each place beside the viewer's, each day at its edge."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from certificates.models import PostHolder, ReportLine
from courses.models import Assignment, Workshop
from lms.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Institution,
    Mandate,
    User,
)
from lms.people.choices import Role
from tests.factories import NOON, MandateFactory, PersonFactory
from tests.lms.people.placing import a_place, an_edition

pytestmark = pytest.mark.django_db

ON = NOON.date()
BEFORE, AFTER = ON - timedelta(days=1), ON + timedelta(days=1)
OF_THE_PERSON = {
    "person",
    "member",
    "enrolment",
    "completion",
    "attempt",
    "certificate",
    "exception",
    "place",
    "attendance",
    "hours",
    "letter",
    "reminder",
}
OF_THE_COHORT = {
    "cohort",
    "trainer",
    "invitation",
    "code",
    "rule",
    "list",
    "assignment",
    "workshop",
}
OF_THE_INSTITUTION = {"duty post", "roster"}
TRAINERS = OF_THE_PERSON | OF_THE_COHORT | {"post", "observation", "training"}
MINISTRYS = OF_THE_PERSON | OF_THE_INSTITUTION | {"post", "holder", "line"}
# One kind for each rule of sight: at every edge, the others of it say the same.
OF_EACH_RULE = {
    "person",
    "enrolment",
    "cohort",
    "trainer",
    "post",
    "observation",
    "training",
    "duty post",
    "holder",
    "roster",
    "line",
    "mandate",
}
CLOSED = {"closed_at": NOON, "is_active": False}
ERASED = {"erased_at": NOON, "legal_name": "", "sort_name": "", "folded_name": ""}
ENDED = {"ended_at": NOON, "ended_reason": "over"}
NOT_ACCEPTED = {"accepted_at": None, "holder": None}
UNCONFIRMED = {"confirmed_at": None, "confirmed_by": None}


@pytest.fixture
def places(db):
    """Ours, another one of the country, and one abroad."""
    edition = an_edition()
    return {
        "ours": a_place(edition),
        "beside": a_place(edition),
        "abroad": a_place(edition, country="HN"),
    }


def seen(places, viewer, *, kinds=None, on=ON):
    """Return what the viewer sees of each place, as it is now; of some kinds only."""
    viewer = User.objects.get(pk=viewer.pk)
    rows = [
        (name, kind, row)
        for name, place in places.items()
        for kind, row in place.rows.items()
        if kinds is None or kind in kinds
    ]
    keys = {
        model: set(model.objects.visible_to(viewer, on=on).values_list("pk", flat=True))
        for model in {type(row) for _name, _kind, row in rows}
    }
    found = {name: set() for name in places}
    for name, kind, row in rows:
        if row.pk in keys[type(row)]:
            found[name].add(kind)
    return found


@contextmanager
def changed(rows, **facts):
    """Change rows for the time of the block."""
    with transaction.atomic():
        assert rows.update(**facts)
        yield
        transaction.set_rollback(True)


def check(places, viewer, *, first, table):
    """See that the viewer sees `first` of our place, and what each change leaves.

    A row of the table: which rows are changed, how, what is then in sight. Nothing of
    the other places ever is.
    """
    nothing = {name: set() for name in places if name != "ours"}
    assert seen(places, viewer) == {"ours": first} | nothing
    for rows, facts, left in table:
        with changed(rows, **facts):
            found = seen(places, viewer, kinds=first & OF_EACH_RULE)
        assert found == {"ours": left & OF_EACH_RULE} | nothing, facts


def mandate_at_its_edges(mandates, *, shown, beyond):
    """Return changes of a mandate's facts, each with what is then in sight.

    `shown` while it stands, `beyond` what is seen without it.
    """
    return [
        (mandates, {"from_on": BEFORE}, shown),
        (mandates, {"from_on": ON}, shown),
        (mandates, {"from_on": AFTER}, beyond),
        (mandates, {"until_on": BEFORE}, beyond),
        (mandates, {"until_on": ON}, shown),
        (mandates, {"until_on": AFTER}, shown),
        (mandates, ENDED, beyond),
        (mandates, NOT_ACCEPTED, beyond),
        (mandates, NOT_ACCEPTED | {"approved_at": None}, beyond),
    ]


def in_force_at_its_edges(rows, *, shown, beyond):
    """Return changes of the dates of rows, each with what is then in sight."""
    return [
        (rows, {"from_on": BEFORE}, shown),
        (rows, {"from_on": ON}, shown),
        (rows, {"from_on": AFTER, "until_on": None}, beyond),
        (rows, {"until_on": BEFORE}, beyond),
        (rows, {"until_on": ON}, shown),
        (rows, {"until_on": AFTER}, shown),
    ]


def test_a_trainer_sees_their_cohort_within_every_edge(places):
    ours, abroad = places["ours"], places["abroad"]
    viewer = MandateFactory(holder=ours.trainer, role=Role.TRAINER).holder
    CohortTrainer.objects.filter(trainer=abroad.trainer).update(trainer=viewer)
    abroad.rows.pop("trainer")  # their own row, which they see
    places["beside"].rows.pop("training")  # of the country, as is ours
    mandates = Mandate.objects.filter(holder=viewer)
    person = User.objects.filter(pk=ours.person.pk)
    post = Affiliation.objects.filter(person=ours.person)
    cohort = Cohort.objects.filter(pk=ours.cohort.pk)
    member = CohortMember.objects.filter(person=ours.person)
    training = CohortTrainer.objects.filter(trainer=viewer, cohort=ours.cohort)
    alone, country = {"trainer"}, {"trainer", "training"}
    of_others = OF_THE_COHORT | {"training"}
    first = TRAINERS

    table = [
        *mandate_at_its_edges(mandates, shown=first, beyond=alone),
        (mandates, {"role": Role.COUNTRY_OWNER}, alone),
        (mandates, {"country": "SV"}, alone),
        *in_force_at_its_edges(training, shown=first, beyond=country),
        *in_force_at_its_edges(member, shown=first, beyond=of_others | {"observation"}),
        *in_force_at_its_edges(post, shown=first, beyond=first - {"post"}),
        (post, UNCONFIRMED, first),
        (person, {"shielded": True}, of_others),
        (cohort, {"from_on": AFTER}, first),
        (cohort, {"until_on": ON - timedelta(days=30)}, first),
        (cohort, {"until_on": ON - timedelta(days=31)}, country),
        (cohort, {"country": "SV"}, country),
    ]
    check(places, viewer, first=first, table=table)
    mandates.update(country="HN")
    assert seen(places, viewer)["abroad"] == first - {"trainer"}


@pytest.mark.parametrize("where", ["institution", "country"])
def test_a_ministry_sees_its_people_within_every_edge(places, where):
    ours = places["ours"]
    if where == "country":  # all of Guatemala is ours, then
        places.pop("beside")
    over = {"institution": ours.institution, "country": None}[where]
    viewer = MandateFactory(institution=over).holder
    mandates = Mandate.objects.filter(holder=viewer)
    person = User.objects.filter(pk=ours.person.pk)
    post = Affiliation.objects.filter(person=ours.person)
    line = ReportLine.objects.filter(person=ours.person)
    elsewhere = places["abroad"].institution
    roster = ours.rows["roster"].institutions.through.objects.filter(
        institution=ours.institution
    )
    holder = PostHolder.objects.filter(person=ours.person)
    below = {"mandate"} if where == "country" else set()
    first = MINISTRYS | below
    figures = OF_THE_INSTITUTION | below
    gone = first - OF_THE_PERSON - {"holder"}

    table = [
        *mandate_at_its_edges(mandates, shown=first, beyond=set()),
        (mandates, {"role": Role.COUNTRY_OWNER, "institution": None}, set()),
        *in_force_at_its_edges(post, shown=first, beyond=gone),
        (post, UNCONFIRMED, gone - {"post"}),
        (post, {"institution": elsewhere}, gone - {"post"}),
        (person, {"shielded": True}, figures),
        (person, CLOSED, first - {"holder"}),
        (person, CLOSED | ERASED, first - {"line", "holder"}),
        (line, {"confirmed": False}, first - {"line"}),
        (line, {"institution": elsewhere}, first - {"line"}),
        (line, {"institution_at_end": elsewhere}, first - {"line"}),
        (holder, {"until_on": BEFORE}, first),
        (roster, {"institution": elsewhere}, first - {"roster"}),
    ]
    check(places, viewer, first=first, table=table)
    ours.rows["roster"].institutions.add(elsewhere)
    assert seen(places, viewer)["ours"] == first - {"roster"}


def test_an_institution_sees_what_is_below_and_not_what_is_above(places):
    ours, beside = places["ours"], places["beside"]
    above = MandateFactory(institution=ours.institution).holder
    below = MandateFactory(institution=beside.institution).holder

    Institution.objects.filter(pk=beside.institution.pk).update(parent=ours.institution)

    both = {"ours": MINISTRYS, "beside": MINISTRYS, "abroad": set()}
    assert seen(places, above) == both
    assert seen(places, below) == both | {"ours": set()}


def test_a_country_sees_its_own_institutions_alone(places):
    viewer = MandateFactory(country="SV").holder
    mandates = Mandate.objects.filter(holder=viewer)

    assert not any(seen(places, viewer).values())
    mandates.update(country="GT", institution=places["abroad"].institution)
    assert {name: bool(kinds) for name, kinds in seen(places, viewer).items()} == {
        "ours": False,
        "beside": False,
        "abroad": True,
    }


def test_the_secretariat_sees_mandates_and_trainings_within_every_edge(places):
    viewer = MandateFactory(role=Role.SECRETARIAT, country="").holder
    another = MandateFactory(role=Role.SECRETARIAT, country="")
    mandates = Mandate.objects.filter(holder=viewer)
    shown = {"mandate", "mandate of the country", "training"}

    assert seen(places, viewer) == dict.fromkeys(places, shown)
    assert another not in Mandate.objects.visible_to(viewer, on=ON)
    places = {"ours": places["ours"]}
    table = mandate_at_its_edges(mandates, shown=shown, beyond=set())
    check(places, viewer, first=shown, table=table)


def test_an_officer_for_shielded_people_sees_them_within_every_edge(places):
    ours = places["ours"]
    for place in places.values():
        User.objects.filter(pk=place.person.pk).update(shielded=True)
    mandate = MandateFactory(role=Role.PROTECTION, seat=1)
    viewer, mandates = mandate.holder, Mandate.objects.filter(pk=mandate.pk)
    User.objects.filter(pk=places["beside"].person.pk).update(country="SV")
    person = User.objects.filter(pk=ours.person.pk)
    post = Affiliation.objects.filter(person=ours.person)
    shown = OF_THE_PERSON | {"post"}

    table = [
        *mandate_at_its_edges(mandates, shown=shown, beyond=set()),
        (mandates, {"role": Role.COUNTRY_OWNER, "seat": None}, set()),
        *in_force_at_its_edges(post, shown=shown, beyond={"post"}),
        (post, UNCONFIRMED, OF_THE_PERSON),
        (person, {"shielded": False}, set()),
        (person, {"country": "SV"}, set()),
    ]
    check(places, viewer, first=shown, table=table)


def test_a_closed_account_opens_nothing_even_where_it_is_still_signed_in(places):
    viewer = MandateFactory(institution=places["ours"].institution).holder
    User.objects.filter(pk=viewer.pk).update(is_active=False)

    assert list(User.objects.visible_to(viewer, on=ON)) == [viewer]


def test_a_program_sees_what_its_own_mandate_shows(places):
    ours, beside = places["ours"], places["beside"]
    viewer = PersonFactory()
    one = MandateFactory(holder=viewer, institution=ours.institution)
    MandateFactory(holder=viewer, institution=beside.institution)
    viewer.by_mandate = one.pk

    people = User.objects.visible_to(viewer, on=ON)

    assert set(people) == {viewer, ours.person}


def test_who_learns_in_a_cohort_sees_its_trainers_within_every_edge(places):
    ours = places["ours"]
    viewer, shown = ours.person, {"trainer"}
    member = CohortMember.objects.filter(person=viewer)
    cohort = Cohort.objects.filter(pk=ours.cohort.pk)
    trainer = User.objects.filter(pk=ours.trainer.pk)
    for place in places.values():
        for kind in place.rows.keys() - shown:
            del place.rows[kind]

    table = [
        *in_force_at_its_edges(member, shown=shown, beyond=set()),
        (cohort, {"until_on": ON - timedelta(days=30)}, shown),
        (cohort, {"until_on": ON - timedelta(days=31)}, set()),
        (trainer, {"shielded": True}, set()),
    ]
    check(places, viewer, first=shown, table=table)


def test_claims_are_answered_within_every_edge(places):
    ours = places["ours"]
    Affiliation.objects.update(**UNCONFIRMED)
    viewer = MandateFactory(institution=ours.institution).holder
    guard = MandateFactory(role=Role.PROTECTION, seat=1).holder
    post = Affiliation.objects.filter(person=ours.person)
    person = User.objects.filter(pk=ours.person.pk)

    def claims(officer):
        officer = User.objects.get(pk=officer.pk)
        return list(Affiliation.objects.claims_for(officer, on=ON))

    assert (claims(viewer), claims(guard)) == ([ours.rows["post"]], [])
    for rows, facts, left in [
        *in_force_at_its_edges(post, shown=1, beyond=0),
        *mandate_at_its_edges(Mandate.objects.filter(holder=viewer), shown=1, beyond=0),
        (post, {"refused_at": NOON, "refused_by": viewer}, 0),
        (post, {"confirmed_at": NOON, "confirmed_by": viewer}, 0),
        (post, {"institution": None, "institution_typed": "Juzgado"}, 0),
    ]:
        with changed(rows, **facts):
            assert len(claims(viewer)) == left, facts
    person.update(shielded=True)
    assert (claims(viewer), claims(guard)) == ([], [ours.rows["post"]])


def test_a_member_finds_what_is_theirs_within_every_edge(places):
    ours = places["ours"]
    member = CohortMember.objects.filter(person=ours.person)
    cohort = Cohort.objects.filter(pk=ours.cohort.pk)

    def found():
        person = User.objects.get(pk=ours.person.pk)
        return [
            *Assignment.objects.own(person, on=ON),
            *Workshop.objects.for_member(person, on=ON),
        ]

    both = [ours.rows["assignment"], ours.rows["workshop"]]
    assert found() == both
    for rows, facts, left in [
        *in_force_at_its_edges(member, shown=both, beyond=[]),
        (cohort, {"archived_at": NOON}, both[1:]),
    ]:
        with changed(rows, **facts):
            assert found() == left, facts


def test_a_holder_of_a_post_counts_while_they_fit_it(places):
    ours, beside = places["ours"], places["beside"]
    holder = PostHolder.objects.filter(person=ours.person)
    post = Affiliation.objects.filter(person=ours.person)
    person = User.objects.filter(pk=ours.person.pk)
    institution = Institution.objects.filter(pk=ours.institution.pk)
    other = Institution.objects.filter(pk=beside.institution.pk)

    for rows, facts, counts in [
        *in_force_at_its_edges(holder, shown=True, beyond=False),
        *in_force_at_its_edges(post, shown=True, beyond=False),
        (post, UNCONFIRMED, False),
        (post, {"person": places["abroad"].person, "until_on": ON}, False),
        (person, {"shielded": True}, False),
        (person, CLOSED, False),
    ]:
        with changed(rows, **facts):
            assert holder.counting(ON).exists() is counts, facts
    post.update(institution=beside.institution)
    assert not holder.counting(ON).exists()
    for rows, above in [(institution, other), (other, institution)]:
        with changed(rows, parent=above.get()):
            assert holder.counting(ON).exists()


@pytest.mark.parametrize(
    ("hours", "sees"), [(11, True), (12, False)], ids=["last hour", "midnight"]
)
def test_today_is_the_day_in_guatemala(places, time_machine, hours, sees):
    ours = places["ours"]
    viewers = [
        MandateFactory(holder=ours.trainer, role=Role.TRAINER).holder,
        MandateFactory(institution=ours.institution).holder,
        MandateFactory().holder,
        MandateFactory(role=Role.SECRETARIAT, country="").holder,
    ]
    Mandate.objects.filter(holder__in=viewers).update(until_on=ON)
    CohortMember.objects.filter(person=ours.person).update(until_on=ON)
    theirs = [TRAINERS - {"trainer"}, MINISTRYS, {"mandate"}, {"training"}]

    time_machine.move_to(NOON + timedelta(hours=hours), tick=False)

    for viewer, kinds in zip(viewers, theirs, strict=True):
        found = seen({"ours": ours}, viewer, kinds=kinds, on=None)
        assert found == {"ours": kinds if sees else set()}
    assert Assignment.objects.own(ours.person).exists() is sees
