"""Does anybody pass who has read nothing? They sit the tests and the cases themselves.

For each course, profession and language so many people follow each strategy of
`courses.items.rules`: they enrol, get a paper, answer what its pages show, hand it in,
and walk through the cases of the course by the form of the options.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import batched, cycle
from random import Random
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import override

from courses import actions
from courses.cases import rules as case_rules
from courses.cases.actions import decide, start_run
from courses.cases.showing import Walk, step_asked
from courses.drills import final_of
from courses.forms import AnswerSheet
from courses.items.blind import Blind
from courses.items.rules import OF_SINGLE, OF_STATEMENTS
from courses.models import Activity, CaseRun, Course, Edition, Enrolment
from courses.syllabus import activities_of
from lms.drills import Finding
from lms.people.choices import Country, Language, Track
from lms.people.models import User
from lms.scratch import CrewedSite

AT_ONCE = 2  # processes
WHY = "-"  # where a case asks for reasons


def blind(site: CrewedSite, people: int) -> list[Finding]:
    """Let so many people sit everything by each strategy; nobody may pass."""
    groups = [
        [course, track, language, people]
        for course in site.once(courses)
        for track in Track.values
        for language in Language.values
    ]
    return [
        finding
        for some in batched(groups, AT_ONCE)
        for group, outcome in zip(some, site.at_once(sat, list(some)), strict=True)
        for finding in _findings(group, outcome)
    ]


def courses() -> list[str]:
    """Return the courses that can be taken, by code."""
    current = Edition.objects.current().order_by("course__code")
    return list(current.values_list("course__code", flat=True))


def _findings(group: list, outcome) -> Iterator[Finding]:
    course, track, language, _people = group
    name = f"{course} {track} {language}"
    yield Finding(f"{name}: what failed", [outcome.ended, outcome.refused], [0, []])
    told = Counter(outcome.answer)
    yield Finding(f"{name}: final tests handed in", told["finals"])
    yield Finding(f"{name}: the best of them, percent", told["best"])
    yield Finding(f"{name}: of these, passed", told["finals_passed"], wanted=0)
    yield Finding(f"{name}: cases walked through", told["cases"])
    yield Finding(f"{name}: of these, completed", told["cases_passed"], wanted=0)


def sat(course: str, track: str, language: str, people: int) -> dict[str, int]:
    """Let as many of one profession sit a course by each strategy; count who passes.

    Ways with options and ways with statements take turns, so that all of them meet.
    """
    chance = Random(f"{course} {track} {language}")  # noqa: S311 - the same each time
    told: Counter[str] = Counter()
    statements = cycle(OF_STATEMENTS)
    for of_single in OF_SINGLE:
        for of_statements, _person in zip(statements, range(people), strict=False):
            person = Blind(of_single, of_statements, language, chance)
            enrolment = _enrolled(course, track)
            with override(language):
                _sit_final(enrolment, person, told)
                for case in _cases_of(enrolment):
                    _walk_through(enrolment, case, person, told)
    return dict(told)


def _enrolled(course: str, track: str) -> Enrolment:
    learner = User.objects.create_user(
        f"{uuid4().hex}@drill.example",
        legal_name="Ana",
        country=Country.GUATEMALA,
        track=track,
    )
    found = Course.objects.get(code=course)
    return actions.enrol(learner, course=found, at=timezone.now())


def _sit_final(enrolment: Enrolment, person: Blind, told: Counter[str]) -> None:
    now = timezone.now()
    attempt = actions.start_attempt(enrolment, activity=final_of(enrolment), at=now)
    items = list(attempt.items.with_version().order_by("position"))
    asked = AnswerSheet(items, language=person.language).questions
    form = person.filled_in(asked)
    sheet = AnswerSheet(items, language=person.language, posted=form)
    actions.save_answers(attempt, answers=sheet.answers, at=now)
    attempt = actions.submit_attempt(attempt, language=person.language, at=now)
    told["finals"] += 1
    told["finals_passed"] += attempt.passed
    told["best"] = max(told["best"], 100 * attempt.points // attempt.out_of)


def _cases_of(enrolment: Enrolment) -> list[Activity]:
    rows = [row.activity for row in activities_of(enrolment)]
    return [one for one in rows if one.kind == Activity.Kind.CASE]


def _walk_through(
    enrolment: Enrolment, case: Activity, person: Blind, told: Counter[str]
) -> None:
    now = timezone.now()
    begun = start_run(enrolment, activity=case, role=enrolment.track, at=now)
    while (walk := _walk(begun, person)).now != case_rules.END:
        shown = step_asked(walk, walk.now, brief=False, notes={})
        decide(
            walk.run,
            step=walk.now,
            option=person.preferred(shown["facts"], shown["options"])[0],
            reasons=WHY if shown["must_write"] else "",
            language=person.language,
            at=now,
        )
    told["cases"] += 1
    told["cases_passed"] += enrolment.completions.filter(activity=case).exists()


def _walk(begun: CaseRun, person: Blind) -> Walk:
    run = CaseRun.objects.with_context().get(pk=begun.pk)
    return Walk(run, list(run.decisions.all()), person.language)
