"""Whoever was only named by an address is not kept for ever."""

from datetime import timedelta

import pytest

from lms.models import Cohort, CohortMember, Mandate
from lms.people.retention import retain
from tests.factories import MandateFactory

TICK, DAY = timedelta(microseconds=1), timedelta(days=1)
KEPT = timedelta(days=30)
BOSS = "jefa@example.org"


def offered(by, **fields):
    fields["granted_by"] = by
    facts = {"holder": None, "accepted_at": None, "address": BOSS, "reason": "Oficio"}
    return MandateFactory(**(facts | fields))


@pytest.mark.parametrize(("age", "kept"), [(KEPT - TICK, True), (KEPT, False)])
@pytest.mark.parametrize("how", ["declined_at", "ended_at"])
def test_offers_are_emptied_thirty_days_after_they_were_over(admin, at, how, age, kept):
    ended = {"ended_reason": "it ran out"} if how == "ended_at" else {}
    offered(admin, **{how: at - age}, **ended)

    retain(at=at)

    row = Mandate.objects.get()
    assert (row.address, row.reason) == ((BOSS, "Oficio") if kept else ("", "—"))


def test_offers_that_wait_and_mandates_that_are_held_stay(tomas, at):
    offer = offered(tomas)
    tomas.mandates.update(address=BOSS, ended_at=at - KEPT, ended_reason="x")

    retain(at=at)

    assert list(Mandate.objects.values_list("address", flat=True)) == [BOSS, BOSS]
    assert Mandate.objects.get(pk=offer.pk).reason == "Oficio"


@pytest.mark.parametrize(("days", "kept"), [(30, True), (31, False)])
@pytest.mark.parametrize("how", ["left", "over", "archived"])
def test_superiors_are_forgotten_thirty_days_after_the_cohort(
    tomas, ana, at, how, days, kept
):
    day = at.date() - timedelta(days=days)
    CohortMember.objects.update(superior_name="Julia Sosa", superior_address=BOSS)
    Cohort.objects.update(from_on=day - KEPT)
    if how == "left":
        CohortMember.objects.update(from_on=day - DAY, until_on=day)
    elif how == "over":
        Cohort.objects.update(until_on=day)
    else:
        Cohort.objects.update(archived_at=at - KEPT + TICK * kept)

    retain(at=at)

    row = CohortMember.objects.get(person=ana)
    expected = ("Julia Sosa", BOSS) if kept else ("", "")
    assert (row.superior_name, row.superior_address) == expected
