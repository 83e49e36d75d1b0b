"""What do the answers tell about the questions? For editors; never about a person."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.analysis import words
from courses.analysis.chart import chart_of
from courses.analysis.facts import counted_tests
from courses.analysis.figures import Analysis, Item, analyses_in, analysis_of
from courses.analysis.rules import ENOUGH, Difference
from courses.questions.kinds import kind_of
from courses.questions.words import text_of
from courses.views.gates import for_readers_of_questions
from courses.viewsets.question_form import sides_of
from lms.cells import as_csv


@require_safe
@for_readers_of_questions
def analyses(request: HttpRequest) -> HttpResponse:
    """List the tests: how far each can be relied on, and how many doubts there are."""
    tests = [
        {"analysis": one, "lines": _of_a_test(one)}
        for one in analyses_in(get_language())
    ]
    return render(request, "analysis/tests.html", {"tests": tests, "enough": ENOUGH})


@require_safe
@for_readers_of_questions
def analysis(request: HttpRequest, activity: UUID) -> HttpResponse:
    """List the questions of a test, the doubtful ones first."""
    asked = _asked(activity)
    rows = [_row(item, get_language()) for item in asked.items]
    shown = {"analysis": asked, "lines": _of_a_test(asked), "rows": rows}
    return render(request, "analysis/test.html", shown | {"enough": ENOUGH})


@require_safe
@for_readers_of_questions
def analysis_table(request: HttpRequest, activity: UUID) -> HttpResponse:
    """The same as a file."""
    asked = _asked(activity)
    text = as_csv(words.table_of(asked, language=get_language())).encode("utf-8-sig")
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    day = timezone.localdate(asked.counted_at)
    name = f"questions-{asked.activity.course.code}-{day:%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@for_readers_of_questions
def analysis_question(
    request: HttpRequest, activity: UUID, version: int
) -> HttpResponse:
    """Show one version of a question: who chose what, and for whom it is harder."""
    asked = _asked(activity)
    item = next((one for one in asked.items if one.version.pk == version), None)
    if item is None:
        raise Http404
    language = get_language()
    texts = _texts(item, language)
    shown = {
        "analysis": asked,
        "item": item,
        "row": _row(item, language),
        "choices": [
            {
                "key": one.key,
                "text": texts.get(one.key, ""),
                "is_right": one.is_right,
                "share": words.share(one.share),
                "thirds": [words.share(part) for part in one.thirds],
            }
            for one in item.figures.choices
        ],
        "is_typed": kind_of(item.version.document).is_typed,
        "chart": chart_of(item.figures.choices),
        "languages": [
            {"name": code.label, "row": _figures(one)}
            for code, one in item.languages.items()
        ],
        "differences": [
            *_differences(item.figures.by_language, by="language"),
            *_differences(item.figures.by_track, by="track"),
        ],
    }
    return render(request, "analysis/question.html", shown)


def _asked(activity: UUID) -> Analysis:
    return analysis_of(get_object_or_404(counted_tests(), pk=activity), get_language())


def _of_a_test(one: Analysis) -> dict[str, str]:
    """Return the figures of a test as they are read; a dash for what is unknown."""
    known = one.reliability
    return {
        "people": words.told(known.people if known else 0),
        "mean": f"{known.mean:.1f} / {known.length}" if known else "–",
        "alpha": words.coefficient(known.alpha if known else None),
        "error": words.coefficient(known.error if known else None),
        "misses": words.share(one.alarms.misses),
        "false_alarms": words.share(one.alarms.false_alarms),
    }


def _row(item: Item, language: str) -> dict:
    return {
        "item": item,
        "stem": item.stem(language),
        "signs": words.signs_of(item),
        **_figures(item.figures),
    }


def _figures(figures) -> dict[str, str]:
    return {
        "people": words.told(figures.people),
        "facility": words.share(figures.facility),
        "discrimination": words.coefficient(figures.discrimination),
        "seconds": "–" if figures.seconds is None else f"{figures.seconds:.0f} s",
    }


def _texts(item: Item, language: str) -> dict[str, str]:
    sides = sides_of(item.version.document).values()
    return {
        option["key"]: text_of(option, language) for side in sides for option in side
    }


def _differences(found: Iterable[Difference], *, by: str) -> list[dict]:
    return [
        {
            "group": words.group_of(one, by=by),
            "people": words.told(one.people),
            "delta": f"{one.delta:+.2f}",
            "is_large": one.is_large,
            "is_harder": one.delta < 0,
        }
        for one in found
    ]
