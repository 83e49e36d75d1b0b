"""Which page of each kind is the heaviest of all that the site has?

Asked of the site itself, as a browser receives it; of the steps and ends of cases, that
only come one after the other, of their texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import takewhile
from urllib.parse import urlsplit

from django.utils import timezone

from courses.addresses import url_of
from courses.cases import rules
from courses.cases.actions import decide, start_run
from courses.cases.showing import Walk, debriefing, step_asked
from courses.models import (
    Activity,
    CasePage,
    CaseRun,
    CoursePage,
    LessonPage,
    ModulePage,
)
from lms.bench.chromium import Screen
from lms.bench.site import Served
from lms.bench.visitors import Request
from lms.people.choices import Country
from lms.people.models import User
from lms.scratch import Failed

LANGUAGES = ("es", "en")
REFERENCE = "es"  # the longer one


@dataclass(frozen=True, slots=True)
class Heaviest:
    """One screen of each kind; `another_lesson` is where its reader comes from."""

    lesson: Screen
    another_lesson: Screen
    module: Screen
    course: Screen
    case: Screen
    step: Screen
    debrief: Screen
    notes: Screen
    glossary: Screen

    @property
    def read(self) -> list[Screen]:
        """What is read beside lessons."""
        return [self.course, self.module, self.case, self.debrief, self.notes]


def heaviest(campus: Served, email: str, cookies: dict[str, str]) -> Heaviest:
    """Look at every page as a learner of all courses, who also begins the cases."""
    scales = Scales(campus.address, cookies)
    lesson, another, *_lighter = scales.sorted("lesson", pages_of(LessonPage))
    at_step, at_end = campus.site.once(walk_the_cases, email)
    return Heaviest(
        lesson=lesson,
        another_lesson=another,
        module=scales.sorted("module", pages_of(ModulePage))[0],
        course=scales.sorted("course", pages_of(CoursePage))[0],
        case=scales.sorted("case", pages_of(CasePage))[0],
        step=scales.screen("case step", in_each(f"cases/{at_step}/")),
        debrief=scales.screen("debrief", in_each(f"cases/{at_end}/debrief/")),
        notes=scales.sorted(
            "country notes",
            [in_each(f"country-notes/{code}/") for code in Country.values],
        )[0],
        glossary=scales.screen("glossary", in_each("glossary/")),
    )


@dataclass(frozen=True, slots=True)
class Scales:
    """A browser that only weighs."""

    address: str
    cookies: dict[str, str]

    def screen(self, name: str, paths: dict[str, str]) -> Screen:
        return Screen(f"heaviest {name}", paths, self.cookies)

    def sorted(self, name: str, pages: Iterable[dict[str, str]]) -> list[Screen]:
        """Return the screens of a kind, the heaviest first."""
        screens = [self.screen(name, paths) for paths in pages]
        return sorted(screens, key=self.weight, reverse=True)

    def weight(self, screen: Screen) -> int:
        asked = Request(screen.paths[REFERENCE], self.cookies)
        line = HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            line.request(asked.method, asked.path, headers=asked.headers)
            answer = line.getresponse()
            weight = len(answer.read())
        finally:
            line.close()
        if answer.status != 200:
            raise Failed(asked.path, answer.status)
        return weight


def pages_of(model: type) -> list[dict[str, str]]:
    """Return where each live page of a kind is read, by language."""
    found = {}
    for page in model.objects.live().select_related("locale").order_by("path"):
        code = page.locale.language_code
        found.setdefault(page.translation_key, {})[code] = url_of(page.url_path, code)
    return list(found.values())


def in_each(path: str) -> dict[str, str]:
    return {code: f"/{code}/{path}" for code in LANGUAGES}


def walk_the_cases(email: str) -> list[str]:
    """Return the run and step that ask most, and the run whose debrief says most."""
    runs = [_run(email, case) for case in _cases()]
    said = {run.pk: len(str(debriefing(_end(run), notes={}))) for run in runs}
    again = [_run(email, case) for case in _cases()]
    sizes = {
        (run, step): len(str(step_asked(_walk(run), step, brief=False, notes={})))
        for run in again
        for step in rules.steps_of(run.version.document)
    }
    run, step = max(sizes, key=sizes.get)
    _go(run, takewhile(lambda taken: taken[0] != step, _way(run, step)))
    return [f"{run.pk}/{step}", str(max(said, key=said.get))]


def _cases() -> Iterable[Activity]:
    return Activity.objects.filter(kind=Activity.Kind.CASE).order_by("pk")


def _run(email: str, case: Activity) -> CaseRun:
    enrolment = User.objects.get(email=email).enrolments.get(course=case.course_id)
    return start_run(enrolment, activity=case, role=enrolment.track, at=timezone.now())


def _way(run: CaseRun, step: str = "") -> list[tuple[str, str]]:
    """Return the longest walk, which comes by the step if one is named."""
    walks = rules.walks(run.version.document, run.role)
    return max((w for w in walks if not step or step in dict(w)), key=len)


def _go(run: CaseRun, way: Iterable[tuple[str, str]]) -> None:
    for step, option in way:
        decide(
            run,
            step=step,
            option=option,
            reasons="Sí.",
            language=REFERENCE,
            at=timezone.now(),
        )


def _end(run: CaseRun) -> Walk:
    _go(run, _way(run))
    return _walk(CaseRun.objects.with_context().get(pk=run.pk))


def _walk(run: CaseRun) -> Walk:
    return Walk(run, list(run.decisions.all()), REFERENCE)
