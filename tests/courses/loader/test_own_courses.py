"""The content that Campus ships with: whole in both languages, and loaded once.

And, as a reader comes to it: all of it within reach, no page too heavy.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from itertools import product
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from courses.actions import enrol, start_attempt, submit_attempt
from courses.addresses import url_of
from courses.blocks import RICH
from courses.cases import rules
from courses.cases.actions import decide, start_run
from courses.loader.load import load
from courses.models import (
    Activity,
    CasePage,
    CaseRun,
    CataloguePage,
    Course,
    CoursePage,
    Edition,
    Enrolment,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    QuizPage,
    Wording,
)
from courses.words.everywhere import found_everywhere
from courses.words.found import rules_in
from courses.words.rules import findings_in
from courses.words.texts import passages_of
from lms.people.choices import Country, Language, Track
from tests.courses.loader.visiting import visited_from
from tests.courses.loader.weighing import KIB, Weight, reader, weighed
from tests.courses.starter import LANGUAGES, ROOT
from tests.factories import NOON, EnrolmentFactory, PersonFactory

# What each kind of page is drawn by, and how many of them the curriculum has.
TAUGHT = {
    CoursePage: ("courses/course_page.html", 3),
    ModulePage: ("courses/module_page.html", 18),
    LessonPage: ("courses/lesson_page.html", 54),
    CasePage: ("courses/cases/case_page.html", 3),
    QuizPage: ("courses/quiz_page.html", 24),
}
ON_WORDS = "7289ab47-6d06-45f0-8ef6-2ef8c3d213e8"  # control and terms
TERM = re.compile(r'<li id="term-([^"]+)"')
# UX.md §4. What no budget names weighs no more than a lesson; a list, than a list.
LESSON, NEXT_LESSON, STEP, LIST = 20 * KIB, 8 * KIB, 15 * KIB, 40 * KIB
REQUESTS = 6
DRAWS = 5  # papers a strategy; `manage.py check_items` answers a thousand
languages = pytest.mark.parametrize("language", LANGUAGES)
# Loading takes a minute. Journeys walk through what was loaded, at every landing.
pytestmark = pytest.mark.sweep(
    "courses/loader",
    "fixtures/courses",
    "fixtures/country_notes",
    "fixtures/glossary.yaml",
    "fixtures/terminology.csv",
    "courses/words",
)


def test_no_final_test_falls_to_guessing(own):
    call_command("check_items", draws=DRAWS, stdout=StringIO())


@pytest.fixture
def learner(own, ana):
    """Ana, who takes the three courses."""
    for course in Course.objects.all():
        enrol(ana, course=course, at=NOON)
    return ana


def ids_of(raw):
    """Return every id in raw StreamField data, in order."""
    if isinstance(raw, dict):
        own = [raw["id"]] if "id" in raw else []
        return own + [one for part in raw.values() for one in ids_of(part)]
    if isinstance(raw, list):
        return [one for part in raw for one in ids_of(part)]
    return []


def rich_texts(raw):
    """Return every rich text in raw StreamField data."""
    if isinstance(raw, dict):
        return [text for part in raw.values() for text in rich_texts(part)]
    if isinstance(raw, list):
        return [text for part in raw for text in rich_texts(part)]
    return [raw] if isinstance(raw, str) and raw.startswith("<") else []


def as_the_editor_saves(text):
    """Return a rich text after somebody opened it and saved it unchanged."""
    convert = ContentstateConverter(features=RICH)
    return convert.to_database_format(convert.from_database_format(text))


def addresses(model: type, language: str) -> list[str]:
    pages = model.objects.live().filter(locale__language_code=language)
    return [url_of(page.url_path, language) for page in pages.order_by("path")]


def named(name: str, language: str, *arguments: str) -> str:
    with override(language):
        return reverse(name, args=arguments)


def test_load_makes_our_own_courses_whole_in_both_languages(own):
    spanish = Page.objects.filter(locale__language_code="es", depth__gt=1)
    english = Locale.objects.get(language_code="en")
    assert own.left_alone == []
    assert own.pages.new == own.translations.new == spanish.count()
    for page in spanish.specific():
        other = page.get_translation(english).specific
        assert page.live
        assert other.live
        assert not other.has_unpublished_changes
        assert other.get_parent().translation_key == page.get_parent().translation_key
    for translation in Translation.objects.all():
        total, done = translation.get_progress()
        assert done == total > 0
    for lesson in LessonPage.objects.filter(locale__language_code="es"):
        other = lesson.get_translation(english)
        raw = lesson.body.get_prep_value()
        assert ids_of(raw) == ids_of(other.body.get_prep_value())
        assert lesson.title != other.title
        assert rich_texts(raw) == [as_the_editor_saves(t) for t in rich_texts(raw)]


def test_what_we_ship_says_nothing_in_words_to_avoid_but_where_it_marks_them(own):
    lesson = LessonPage.objects.get(
        translation_key=ON_WORDS, locale__language_code="es"
    )
    unmarked = [
        replace(one, text=re.sub("[«»“”]", "", one.text)) for one in passages_of(lesson)
    ]

    assert own.wordings.new == Wording.objects.count() > 0
    assert found_everywhere() == []
    assert findings_in(unmarked, rules_in("es"))


def test_loading_our_own_courses_again_writes_nothing(own, writes):
    with CaptureQueriesContext(connection) as queries:
        again = load(ROOT, at=NOON)

    assert writes(queries) == []
    assert again.pages.unchanged == own.pages.new
    assert again.questions.unchanged == own.questions.new
    assert again.country_notes.unchanged == own.country_notes.new
    assert again.terms.unchanged == own.terms.new == 73


@languages
def test_all_that_is_taught_is_reached_from_the_home_page(client, own, language):
    seen = visited_from(f"/{language}/", client)

    def drawn_by(template: str) -> set[str]:
        return {path for path, page in seen.items() if template in page.templates}

    for model, (template, number) in TAUGHT.items():
        assert drawn_by(template) == set(addresses(model, language))
        assert len(drawn_by(template)) == number, model
    notes = {named("country_notes", language, code) for code in Country.values}
    assert len(notes) == 11
    assert (
        drawn_by("courses/country_notes.html") - {named("country_list", language)}
        == notes
    )
    terms = TERM.findall(seen[named("glossary", language)].html)
    assert len(terms) == 73
    assert set(terms) == set(GlossaryTerm.objects.values_list("key", flat=True))


@languages
def test_no_lesson_is_too_heavy_whatever_the_country_of_its_reader(learner, language):
    browser = reader(learner)
    lessons = {path: weighed(browser, path) for path in addresses(LessonPage, language)}
    heaviest = sorted(lessons, key=lambda path: lessons[path].html)[-3:]
    for learner.country in Country.values:
        learner.save()
        lessons |= {
            f"{path} {learner.country}": weighed(browser, path) for path in heaviest
        }

    assert len(lessons) == 54 + 3 * 11
    assert over(NEXT_LESSON, {path: one.html for path, one in lessons.items()}) == {}
    assert over(LESSON, cold(lessons)) == {}
    assert max(one.requests for one in lessons.values()) <= REQUESTS


@languages
def test_no_other_page_of_a_course_is_too_heavy(learner, language):
    browser = reader(learner)
    models = [CataloguePage, CoursePage, ModulePage, CasePage, QuizPage]
    pages = [path for model in models for path in addresses(model, language)]
    pages += [named("country_notes", language, code) for code in Country.values]
    lists = [named(name, language) for name in ("glossary", "works_cited")]

    assert over(LESSON, cold({path: weighed(browser, path) for path in pages})) == {}
    assert over(LIST, cold({path: weighed(browser, path) for path in lists})) == {}


@languages
def test_no_page_of_a_case_is_too_heavy(learner, language):
    browser, steps, ends = reader(learner), {}, {}
    for case in Activity.objects.filter(kind=Activity.Kind.CASE):
        enrolment = learner.enrolments.get(course=case.course_id)
        run = start_run(enrolment, activity=case, role=learner.track, at=NOON)
        for path in walked(run, language):
            steps[f"{path} {len(steps)}"] = weighed(browser, path)
        end = named("case_debrief", language, str(run.pk))
        ends[end] = weighed(browser, end)

    assert len(steps) >= 3 * 2 * 5
    assert len(ends) == 3
    assert over(STEP, cold(steps)) == {}
    assert over(LESSON, cold(ends)) == {}


def walked(run: CaseRun, language: str) -> Iterator[str]:
    """Walk to the end by as many critical errors as can be: what they do is told.

    Each step is yielded twice: as it asks, and as it tells what followed.
    """
    told = run.version.document
    walks = rules.walks(told, run.role)
    errors = [
        (len(w), sum(rules.is_critical(told, [one]) for one in w), w) for w in walks
    ]
    for step, option in max(errors)[-1]:
        path = named("case_step", language, str(run.pk), step)
        yield path
        decide(run, step=step, option=option, reasons="Sí.", language=language, at=NOON)
        yield path


def cold(pages: dict[str, Weight]) -> dict[str, int]:
    return {path: page.cold for path, page in pages.items()}


def over(limit: int, weights: dict[str, int]) -> dict[str, int]:
    """Return what weighs more, and how much."""
    return {path: weight for path, weight in weights.items() if weight > limit}


MOST = 3  # one of so many may be asked again
LATER = timedelta(days=365)


def attempts_of(enrolment: Enrolment) -> list[set]:
    """Hand in two empty papers of the final test; return what each asked."""
    final = Activity.objects.get(course=enrolment.course, kind=Activity.Kind.FINAL)
    asked, chance = [], Random(4)
    for at in (NOON, NOON + LATER):
        attempt = start_attempt(enrolment, activity=final, at=at, chance=chance)
        submit_attempt(attempt, language=enrolment.learner.language, at=at)
        asked.append(set(attempt.items.values_list("version__question", flat=True)))
    return asked


def test_a_second_attempt_asks_at_most_a_third_again(own):
    repeated = {}
    for edition in Edition.objects.current().select_related("course"):
        for track, language in product(Track.values, Language.values):
            learner = PersonFactory(track=track, language=language)
            enrolment = EnrolmentFactory(learner=learner, edition=edition)
            first, second = attempts_of(enrolment)
            assert len(first) == len(second) > 0
            share = len(first & second) / len(second)
            repeated[edition.course.code, track, language] = share

    assert len(repeated) == 3 * len(Track.values) * len(Language.values)
    assert {which: one for which, one in repeated.items() if one * MOST > 1} == {}
