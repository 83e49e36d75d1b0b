"""Screens at other moments: a test passed or failed, a workshop over, a date missed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from certificates.actions import issue
from certificates.lines.drawing import draw_all
from courses.inperson.actions.attendance import mark
from courses.inperson.actions.places import take_place
from courses.models import Activity, Assignment, Attendance
from lms.belonging.actions import shield
from lms.models import Affiliation, Cohort, CohortMember
from tests.courses.answering import begin, hand_in
from tests.courses.inperson.test_trainers import learn
from tests.factories import (
    NOON,
    AffiliationFactory,
    EnrolmentFactory,
    MandateFactory,
    PersonFactory,
    WorkshopFactory,
    make_course_page,
    make_edition,
    right_answer,
    wrong_answer,
)

pytestmark = pytest.mark.django_db
QUIZZES = ["/es/trata/modulo-uno/practica/", "/es/trata/prueba-final/"]
COURSE = ["/es/", "/es/trata/", "/es/trata/modulo-uno/", "/es/my-learning/"]
CHOSEN = ["/es/?track=judge&duration=short&language=es", "/es/?q=curso", "/es/?q=nadie"]


def entered(person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def test_attempts_that_fail_and_pass(ana, enrolment, activities, look, drawn, records):
    browser = entered(ana)
    answers = []

    def seen(when, attempt):
        places = [
            f"/es/attempts/{attempt.pk}/",
            *QUIZZES,
            *COURSE,
            f"/es/learn/enrolments/{enrolment.pk}/",
        ]
        answers.extend((f"{when} {path}", look(browser, path)) for path in places)

    for name in ("lesson-1", "lesson-2"):
        browser.post(f"/es/learn/activities/{activities[name].pk}/finish/")
    for kind in ("practice", "final"):
        for answer in (wrong_answer, right_answer):
            attempt = begin(enrolment, activities[kind])
            begun = look(browser, f"/es/attempts/{attempt.pk}/")
            answers.append((f"{kind} begun", begun))
            seen(f"{kind} {answer.__name__}", hand_in(attempt, answer))
    enrolment.refresh_from_db()
    award = issue(enrolment, at=NOON)
    make_edition(make_course_page(code="C2", slug="refugio"))
    for path in [*COURSE, *CHOSEN, f"/es/certificates/{award.pk}/", "/es/refugio/"]:
        answers.append((f"certified {path}", look(browser, path)))

    records.keep("learning/attempts", answers, drawn)


def test_attempts_that_are_used_up(
    ana, enrolment, activities, time_machine, look, drawn, records
):
    browser = entered(ana)
    for _time in range(enrolment.edition.attempts_allowed):
        hand_in(begin(enrolment, activities["final"]), wrong_answer)
    answers = [(path, look(browser, path)) for path in [*QUIZZES, *COURSE]]
    half = begin(enrolment, activities["practice"])
    place = f"/es/attempts/{half.pk}/"
    browser.post(place, {"q-1": "2", "q-4-1": "2", "q-5-1": "2", "go": "stay"})
    answers += [("half", look(browser, place)), ("quiz", look(browser, QUIZZES[0]))]
    answers.append(("review", look(browser, f"{place}review/")))
    enrolment.withdrawn_at = timezone.now()
    enrolment.save()
    answers += [("withdrawn", look(browser, place))]

    records.keep("learning/used-up", answers, drawn)


def test_workshops_at_every_moment(tomas, ana, bruno, look, drawn, records):
    cohort = Cohort.objects.get()
    CohortMember.objects.create(cohort=cohort, person=bruno, from_on=cohort.from_on)
    ahead, day = NOON + timedelta(days=3), timedelta(days=1)
    plans = {
        "taken": {
            "starts_at": ahead,
            "ends_at": ahead + day,
            "materials": "Lea el acta",
        },
        "full": {"starts_at": ahead, "ends_at": ahead + day, "capacity": 1},
        "free": {"starts_at": ahead, "ends_at": ahead + day / 6},
        "cancelled": {"starts_at": ahead, "ends_at": ahead + day, "cancelled_at": NOON},
        "now": {},
        "present": {"starts_at": NOON - day, "ends_at": NOON - day / 2},
        "absent": {"starts_at": NOON - day, "ends_at": NOON - day / 2},
    }
    held = {n: WorkshopFactory(cohort=cohort, title=n, **p) for n, p in plans.items()}
    take_place(held["taken"], person=ana, at=NOON)
    take_place(held["full"], person=bruno, at=NOON)
    mark(held["present"], person=ana, how=Attendance.How.TYPED, by=tomas, at=NOON)
    Attendance.objects.create(
        workshop=held["absent"],
        person=ana,
        present=False,
        how="typed",
        marked_by=tomas,
        marked_at=NOON,
    )
    learner, trainer = entered(ana), entered(tomas)
    answers = [("my learning", look(learner, "/es/my-learning/"))]
    for name, one in held.items():
        mine = f"/es/my-learning/workshops/{one.uuid}/"
        theirs = f"/es/team/cohorts/{cohort.uuid}/workshops/{one.uuid}/"
        answers += [
            (f"{name} mine", look(learner, mine)),
            (f"{name} here", look(learner, f"{mine}here/")),
            (f"{name} theirs", look(trainer, theirs)),
            (f"{name} sheet", look(trainer, f"{theirs}sheet/")),
            (f"{name} code", look(trainer, f"{theirs}code/")),
            (f"{name} scan", look(trainer, f"/es/team/scan/{one.uuid}/{ana.uuid}/")),
        ]
    for path in ("workshops/", "practice/"):
        answers.append((path, look(trainer, f"/es/team/cohorts/{cohort.uuid}/{path}")))
    answers.append(
        ("calendar", look(Client(), "/es/calendar/?country=GT&month=2026-11"))
    )

    records.keep("desks/workshops", answers, drawn)


def test_trainers_and_whom_they_trained(tomas, edition, look, drawn, records):
    eva = learn(PersonFactory(legal_name="Eva Zum"), edition, of=tomas)
    learn(PersonFactory(legal_name="Luis Zum"), edition, of=eva)

    answers = [("tree", look(entered(tomas), "/es/team/trainers/"))]

    records.keep("desks/trainers", answers, drawn)


def test_cohort_that_is_late(tomas, ana, bruno, carla, edition, look, drawn, records):
    cohort = Cohort.objects.get()
    AffiliationFactory(person=bruno, position="Fiscal", confirmed=True)
    Affiliation.objects.filter(person=ana).update(position="Jueza")
    for person in (bruno, carla):
        CohortMember.objects.create(
            cohort=cohort, person=person, from_on=cohort.from_on
        )
    facts = {"cohort": cohort, "assigned_by": tomas, "assigned_at": NOON}
    dates = [
        {"due_on": NOON.date() - timedelta(days=9)},
        {"due_on": NOON.date() + timedelta(days=3)},
        {"due_after_days": 30, "opens_on": NOON.date() + timedelta(days=5)},
        {},
    ]
    editions = [edition] + [
        make_edition(make_course_page(code=f"C{n}", slug=f"curso-{n}"))
        for n in (2, 3, 4)
    ]
    made = [
        Assignment.objects.create(course=one.course, position=n, **facts, **when)
        for n, (one, when) in enumerate(zip(editions, dates, strict=True))
    ]
    Assignment.objects.filter(pk=made[3].pk).update(after=made[0])
    long_ago = NOON - timedelta(days=40)
    EnrolmentFactory(learner=ana, edition=edition, enrolled_at=long_ago)
    EnrolmentFactory(
        learner=bruno, edition=edition, enrolled_at=long_ago, completed_at=NOON
    )
    shield(carla, by=carla, reason="", at=NOON)
    learner, trainer = entered(ana), entered(tomas)
    there = f"/es/team/cohorts/{cohort.uuid}/"
    of_ana = f"members/{ana.uuid}/"
    paths = [
        "",
        "?show=help",
        "courses/",
        f"courses/{made[0].pk}/",
        f"courses/{made[2].pk}/",
        f"courses/{made[0].pk}/people/{ana.uuid}/",
        f"courses/{made[1].pk}/change/",
        "courses/new/",
        of_ana,
        f"{of_ana}activity/",
        f"members/{bruno.uuid}/activity/",
        f"remind/?person={ana.uuid}&person={bruno.uuid}",
        "settings/",
        "trainers/",
        "rules/?track=judge",
    ]
    answers = [(path, look(trainer, there + path)) for path in paths]
    answers += [
        (path, look(learner, path))
        for path in ("/es/my-learning/", "/es/my-learning/calendar/", "/es/cohorts/")
    ]
    answers.append(("team", look(trainer, "/es/team/")))

    records.keep("desks/late", answers, drawn)


def test_reports_of_people_at_every_stage(
    ines, marta, ana, edition, judiciary, look, drawn, records
):
    people = PersonFactory.create_batch(3)
    for n, person in enumerate([ana, *people]):
        if person != ana:
            AffiliationFactory(person=person, institution=judiciary, position="Jueza")
        EnrolmentFactory(
            learner=person,
            edition=edition,
            completed_at=NOON if n == 1 else None,
            withdrawn_at=NOON if n == 2 else None,
        )
    Affiliation.objects.update(confirmed_by=ines, confirmed_at=NOON)
    done = Activity.objects.filter(kind="final").first()
    hand_in(begin(people[2].enrolments.get(), done), wrong_answer)
    issue(people[0].enrolments.get(), at=NOON)
    draw_all(at=NOON)
    report = "/es/reports/completion/"
    paths = [
        report,
        f"{report}?group=institution",
        f"{report}?group=track&sort=due",
        f"{report}?state=completed",
        f"{report}take/?group=track",
        *[f"{report}people/{person.uuid}/" for person in (ana, *people)],
        "/es/reports/",
        "/es/reports/people/",
        f"/es/reports/people/{ana.uuid}/",
    ]
    answers = [
        (f"{who.email} {path}", look(entered(who), path))
        for who in (ines, marta)
        for path in paths
    ]

    records.keep("desks/reports", answers, drawn)


def test_mandates_of_somebody(sofia, tomas, admin, look, drawn, records):
    day = NOON.date()
    MandateFactory(holder=tomas, until_on=day - timedelta(days=1))
    MandateFactory(
        holder=tomas, ended_at=NOON, ended_by=sofia, ended_reason="Se jubiló"
    )
    shield(tomas, by=tomas, reason="", at=NOON)
    answers = [
        ("mine", look(entered(tomas), "/es/mandates/mine/")),
        ("shield", look(entered(tomas), "/es/account/shield/")),
        ("profile", look(entered(tomas), "/es/account/profile/")),
        ("all", look(entered(sofia), "/es/mandates/")),
        ("holders", look(entered(admin), "/es/support/mandates/GT/")),
    ]

    records.keep("desks/mandates", answers, drawn)


def test_lists_of_many(ines, judiciary, look, drawn, records):
    """More than one page of people, and what is written between the pages."""
    for person in PersonFactory.create_batch(60):
        AffiliationFactory(person=person, institution=judiciary, confirmed=True)
    browser = entered(ines)
    answers = [
        (f"page {n}", look(browser, f"/es/reports/people/?page={n}&q=persona"))
        for n in (1, 2)
    ]

    records.keep("desks/pages", answers, drawn)
