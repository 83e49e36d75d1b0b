"""Does the tree stay whole, and what learners did untouched, whatever editors do?

A walk of random actions by three editors, in their own ways in. After each of them it
is asked what must hold; what does not is told with the action that broke it.
"""

import re
import traceback
from collections import Counter
from copy import copy
from random import Random

from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from certificates.canary_drill import read_styles
from certificates.models import Certificate
from courses import drills as learning
from courses.addresses import url_of
from courses.checks.refusals import keeps_back
from courses.editors import ensure_editors
from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    CaseDecision,
    CaseRun,
    Completion,
    Course,
    CoursePage,
    Edition,
    EditionActivity,
    Enrolment,
    LessonPage,
    ModulePage,
)
from courses.models.whole import Whole
from courses.reach import open_pages
from courses.tasks import settle_open_enrolments
from courses.walk_drill import chosen
from courses.walker import Walk
from lms.drills import Finding
from lms.people.choices import Country, Track
from lms.people.models import User
from lms.scratch import CrewedSite

WHOLE = ([], [], [], [], [])
DONE_BY_LEARNERS = (
    Enrolment,
    Completion,
    Attempt,
    AttemptItem,
    CaseRun,
    CaseDecision,
    Certificate,
    Edition,
    EditionActivity,
    Course,
    Activity,
)
TOLD = 40  # kinds of faults
NUMBERS = re.compile(r"\b[0-9a-f]{8}[0-9a-f-]*\b|\d+")
EACH = 10  # actions, after which every page is looked at and not the new texts alone


def editors(site: CrewedSite, rounds: int, seed: int = 1) -> list[Finding]:
    """Walk so many actions, all of the choices of one seed."""
    site.run("collectstatic", "--no-input")
    faults, tally = site.once(walk_there, rounds, seed)
    return [
        Finding("seed", seed),
        Finding("actions", sum(tally["actions"].values()), rounds),
        Finding("of each kind", tally["actions"]),
        Finding("answers", tally["answers"]),
        Finding("faults", of_each_kind(faults), []),
    ]


def of_each_kind(faults: list[str]) -> list[str]:
    """Return the first of faults that differ by numbers alone, and how many there are.

    Or what happens often would hide what happened once.
    """
    first: dict[str, str] = {}
    for fault in faults:
        first.setdefault(NUMBERS.sub("#", fault), fault)
    counts = Counter(NUMBERS.sub("#", fault) for fault in faults)
    return [f"{counts[kind]} times: {one}" for kind, one in first.items()][:TOLD]


def walk_there(rounds: int, seed: int) -> tuple[list[str], dict[str, dict]]:
    """Walk in a process of the site, which began before its styles were collected."""
    read_styles()
    keep_one_course()
    return walked(rounds, seed)


def keep_one_course() -> None:
    """Take away the pages of all courses but that of the learners, to walk quickly."""
    first = Edition.objects.current().earliest("pk")
    for page in CoursePage.objects.exclude(translation_key=first.course_id):
        page.delete()


def walked(rounds: int, seed: int) -> tuple[list[str], dict[str, dict]]:
    """Return what did not hold, and how often what was done and answered."""
    learners_of_all_kinds()
    walk = Walk(Random(seed), [browser_of(*kind) for kind in EDITORS])  # noqa: S311 - a drill
    faults, done, kept = [], Counter(), what_learners_did()
    for number in range(1, rounds + 1):
        before, action = texts(), chosen(walk)
        name = action.__name__
        try:
            action(walk)
            settle()
        except Exception as error:
            where = traceback.format_exc(limit=-4)
            faults.append(f"{number} {name}: {type(error).__name__} {where}")
        done[name] += 1
        now = what_learners_did()
        pages = live_pages()
        if number % EACH:
            pages = [one for one in pages if went_out(one, before)]
        found = [*broken(kept, now), *faults_among(pages, before)]
        faults += [f"{number} {name}: {fault}" for fault in found]
        kept = now
    at_the_end = faults_among(live_pages(), before={})
    faults += [f"at the end: {fault}" for fault in at_the_end]
    answers = Counter(walk.answers)
    faults += [f"answered {status}" for status in answers if status[0] in "5s"]
    return faults, {"actions": dict(done), "answers": dict(answers)}


EDITORS = [("Moderators", "ed-1"), ("Moderators", "ed-2"), ("Editors", "writer")]


def browser_of(group: str, name: str) -> Client:
    """Return the browser of a new editor, signed in."""
    ensure_editors()
    editor = User.objects.create_user(
        f"{name}@editors.example",
        legal_name=f"Elena {name}",
        country=Country.GUATEMALA,
        track=Track.OTHER,
    )
    editor.groups.add(type(editor).groups.rel.model.objects.get(name=group))
    client = Client()
    client.force_login(editor)
    return client


def learners_of_all_kinds() -> None:
    """Let there be one in the middle, one in a case, one with a certificate."""
    enrolment, _final = learning.enrolled()
    learning.finish(enrolment, learning.lessons_of(enrolment)[0])
    learning.start(*learning.enrolled())
    enrolment, last = learning.one_lesson_short()
    learning.finish(enrolment, last)
    learning.answered()


def settle() -> None:
    """Do at once what a worker would do soon."""
    path = settle_open_enrolments.module_path
    for waiting in DBTaskResult.objects.ready().filter(task_path=path):
        settle_open_enrolments.func(*waiting.args_kwargs["args"])
        waiting.delete()


def what_learners_did() -> dict[tuple[str, object], dict]:
    return {
        (model.__name__, row["id" if "id" in row else "pk"]): row
        for model in DONE_BY_LEARNERS
        for row in model.objects.values()
    }


def texts() -> dict[int, int | None]:
    """Return which revision of each live page is read."""
    return dict(Page.objects.live().values_list("pk", "live_revision"))


def broken(kept: dict, now: dict) -> list[str]:
    """Return what does not hold of the tree and of what learners did, in words."""
    whole = Page.find_problems() == WHOLE
    return [*([] if whole else ["the tree is not whole"]), *lost(kept, now)]


def faults_among(pages: list[Page], before: dict) -> list[str]:
    return [fault for page in pages for fault in faults_of(page, before)]


def went_out(page: Page, before: dict[int, int | None]) -> bool:
    return before.get(page.pk, ...) != page.live_revision_id


def lost(kept: dict, now: dict) -> list[str]:
    """Return which rows are gone or other than they were."""
    return [
        f"{key} was {row}, is {now.get(key)}"
        for key, row in kept.items()
        if now.get(key) not in (row, _completed(row, now.get(key)))
    ]


def _completed(row: dict, now: dict | None) -> dict:
    """Return the row with its completion: what is not asked any more may bring it."""
    if row.get("completed_at", ...) is not None or not now:
        return row
    return row | {"completed_at": now["completed_at"]}


def live_pages() -> list[Page]:
    return list(Page.objects.live().filter(depth__gte=3).order_by("path").specific())


def faults_of(page: Page, before: dict[int, int | None]) -> list[str]:
    """Return what is wrong with a live page.

    Below what is taken down nobody reads it: a draft course there may have a code that
    is taken, and is asked for another before all of it opens.
    """
    found = [*_identity(page), *_place(page)]
    if open_pages(Page.objects.filter(pk=page.pk)).exists():
        found += _unfinished(page)
        if went_out(page, before):
            found += _answered(page)
    is_sure = before and went_out(page, before)  # at the end it is long ago
    if is_sure and page.live_revision_id == page.latest_revision_id:
        found += [f"went out although: {one.sentence}" for one in keeps_back(page)]
    return [f"{page.pk} {page.url_path} {fault}" for fault in found]


def _identity(page: Page) -> list[str]:
    if isinstance(page, ModulePage):
        return []
    model = Course if isinstance(page, CoursePage) else Activity
    known = model.objects.filter(pk=page.translation_key).exists()
    return [] if known else ["has no identity"]


def _place(page: Page) -> list[str]:
    """Return whether its address leads to another view than its own."""
    with override(page.locale.language_code):
        try:
            name = resolve(_address(page)).url_name
        except Resolver404:
            return ["has no address"]
    # A quiz in a module is passed on by the view of lessons.
    ways = {"lesson"} if isinstance(page, LessonPage) else {"lesson", "wagtail_serve"}
    return [] if name in ways else [f"is served by {name}"]


def _answered(page: Page) -> list[str]:
    """Return what its readers are answered, if they do not get it."""
    status = Client().get(_address(page)).status_code
    return [] if status == 200 else [f"answers {status}"]


def _address(page: Page) -> str:
    return url_of(page.url_path, page.locale.language_code)


def _unfinished(page: Page) -> list[str]:
    """Return what a page that readers get to refuses itself, or does not say."""
    said = (
        [str(one.sentence) for one in page.findings()]
        if isinstance(page, Whole)
        else []
    )
    try:
        copy(page).full_clean()
    except ValidationError as error:
        said += error.messages
    return [f"is read although: {sentence}" for sentence in dict.fromkeys(said)]
