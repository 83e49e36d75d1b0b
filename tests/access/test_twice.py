"""What everybody reads with a shielded person in their lists, and without: the same.

One person joins whatever Tomás trains and Inés and Lucía answer for: a cohort, by a
code and by an invitation; its workshops, with a place and present; an institution; its
duty posts; mandates. Another one waits for an answer of the institution. Only they, and
the officers for shielded people, may read it off a page.
"""

import re
from datetime import timedelta
from difflib import unified_diff

import pytest
from django.test import Client
from django.utils import timezone

from certificates.actions import issue
from certificates.canary_crawl import content
from certificates.canary_drill import enter, entered
from certificates.lines.drawing import draw_all
from certificates.models import PostHolder
from courses.inperson.actions.attendance import mark
from courses.inperson.actions.places import take_place
from courses.models import Attendance, Course, Workshop
from lms.belonging.actions import shield
from lms.people.choices import Role
from lms.people.models import CohortTrainer, Institution, Invitation
from lms.team.actions import Asked, invite, join_by_code, open_code, redeem
from tests.access.addresses import addresses, filled
from tests.access.classes import ACTORS, ALL, AREA, class_of
from tests.access.test_matrix import ask
from tests.certificates.coverage.building import a_post
from tests.factories import (
    AffiliationFactory,
    EnrolmentFactory,
    MandateFactory,
    PersonFactory,
    WorkshopFactory,
)
from tests.lms.tokens.making import making

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
# What is drawn with every answer: tokens, and the keys by which a form is taken once.
ANEW = re.compile(
    r'value="\w{64}"|nonce[=-]"?[\w+/=-]+|name="(?:form|sheet)" value="[\da-f-]{36}"'
)
ADDRESS = "zq-oculta@example.org"
COURT = "gt-drill-court"
OFFICER = "gloria"
ALLAUTHS = ("account_", "mfa_")
READERS = [who for who in ACTORS if who not in ("nobody", OFFICER)]


@pytest.fixture
def still(time_machine):
    """The clock stands still: pages say the same moments."""
    time_machine.move_to(timezone.now(), tick=False)


@pytest.fixture
def stage(still, people, things):
    """Return what addresses are filled in with, and where there is room for one more.

    The places suffice: nothing is full with one person more.
    """
    now, tomas, ines = timezone.now(), people["tomas"], people["ines"]
    cohort = people["ana"].cohorts.get()
    hour = timedelta(hours=1)
    ahead = WorkshopFactory(
        cohort=cohort, starts_at=now + 24 * hour, ends_at=now + 28 * hour, capacity=12
    )
    a_post(Institution.objects.get(code=COURT), Course.objects.get(), ines)
    open_code(cohort, by=tomas, places=12, hours=1, at=now)
    invite(cohort, by=tomas, asked=[Asked(ADDRESS)], at=now)
    draw_all(at=now)
    return things | {"my_workshop.workshop": ahead.uuid}


def take_part(people, edition, *, shielded=True):
    """Let one person more into all of it, and another one wait; return the first."""
    now, court = timezone.now(), Institution.objects.get(code=COURT)
    person = PersonFactory(email=ADDRESS, legal_name="Zq Oculta", country="GT")
    waiting = PersonFactory(legal_name="Zq Pendiente", country="GT")
    for one in (person, waiting) if shielded else ():
        shield(one, by=one, reason="", at=now)
    AffiliationFactory(person=person, institution=court, confirmed=True)
    AffiliationFactory(person=waiting, institution=court)
    done = EnrolmentFactory(learner=person, edition=edition, completed_at=now)
    issue(done, at=now)
    EnrolmentFactory(learner=person, edition=edition, enrolled_at=now)
    _join(person, people["ana"].cohorts.get(), at=now)
    for post in court.duty_posts.all():
        PostHolder.objects.create(
            post=post, person=person, named_by=people["ines"], from_on=now.date()
        )
    for role in (Role.TRAINER, Role.COUNTRY_OWNER):
        MandateFactory(holder=person, role=role, granted_by=people["sofia"])
    MandateFactory(holder=person, institution=court, granted_by=people["lucia"])
    draw_all(at=now)
    return person


def _join(person, cohort, *, at):
    """Come into the cohort by code and by invitation, and take part in its rooms."""
    join_by_code(cohort.join_codes.get(closed_at=None), by=person, at=at)
    redeem(Invitation.objects.get(address=ADDRESS), by=person, at=at)
    CohortTrainer.objects.create(cohort=cohort, trainer=person, from_on=at.date())
    going, ahead = Workshop.objects.filter(cohort=cohort).order_by("starts_at")
    take_place(ahead, person=person, at=at)
    mark(going, person=person, how=Attendance.How.TYPED, by=going.made_by, at=at)


def opened_by(who):
    """Return the addresses that somebody may open, and not everybody."""
    classes = [
        (one, class_of(one)) for one in addresses() if not one.name.startswith(ALLAUTHS)
    ]
    return [
        one
        for one, kind in classes
        if kind not in (None, AREA) and who in kind.may and kind.may != ALL
    ]


def pages(who, things, browser=None):
    """Return what somebody reads there, by address."""
    browser = browser or entered(who)
    read = {}
    for address in opened_by(who):
        place = filled(address, things)
        answer = ask(browser, "GET", place)
        if answer.status_code == 200:
            read[place] = ANEW.sub("", content(answer))
    return read


def changed(before, after):
    """Return the lines that differ, by address."""
    return {
        place: [
            line.strip()
            for line in unified_diff(
                before.get(place, "").splitlines(),
                after.get(place, "").splitlines(),
                n=0,
                lineterm="",
            )
        ][3:]
        for place in before.keys() | after.keys()
        if before.get(place) != after.get(place)
    }


@pytest.mark.parametrize("who", READERS)
def test_one_shielded_person_more_changes_no_page(who, people, stage, edition):
    before = pages(who, stage)

    take_part(people, edition)

    assert before
    assert changed(before, pages(who, stage)) == {}


def test_one_shielded_person_more_changes_nothing_for_programs(people, stage, edition):
    _token, secret = making(timezone.now())(people["ines"].mandates.get(), name="Otro")
    browser = Client(headers={"Authorization": f"Bearer {secret}"})

    def told():
        paths = ("lines", "totals", "totals?group=institution&then=state")
        return {path: ask(browser, "GET", f"/api/v1/report/{path}") for path in paths}

    before = told()
    take_part(people, edition)
    after = told()

    assert {one.status_code for one in before.values()} == {200}
    assert {path: one.json() for path, one in after.items()} == {
        path: one.json() for path, one in before.items()
    }


@pytest.mark.parametrize("who", ["tomas", "ines", "lucia", "sofia", "alma"])
def test_somebody_who_is_not_shielded_does_change_pages(who, people, stage, edition):
    before = pages(who, stage)

    take_part(people, edition, shielded=False)

    assert changed(before, pages(who, stage)) != {}


def test_the_person_and_their_officer_read_it(people, stage, edition):
    before = pages(OFFICER, stage)

    person = take_part(people, edition)

    assert "/es/reports/shielded/" in changed(before, pages(OFFICER, stage))
    own = Client()
    enter(own, person)
    assert "Zq Oculta" in content(ask(own, "GET", "/es/account/my-data/"))
