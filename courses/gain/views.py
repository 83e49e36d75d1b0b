"""What is learned? For ministries, the secretariat and editors; never of a person."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.gain import rules
from courses.gain.chart import chart_of
from courses.gain.facts import attempts_counted_for
from courses.gain.figures import Figures, figures_of, figures_of_everybody
from courses.gain.forms import GainForm
from courses.gain.tables import table_of
from courses.views.gates import for_readers_of_questions
from lms.cells import as_csv
from lms.people.choices import Role, Track
from lms.people.gates import for_holders
from lms.thresholds import BEHIND_A_GAIN


@require_safe
@for_holders(Role.MINISTRY)
def gain(request):
    """What do the people of my institutions know after a course?"""
    shown = _asked(request, _of_the_ministry(request))
    return render(request, "gain/ministry.html", shown)


@require_safe
@for_holders(Role.MINISTRY)
def gain_table(request):
    """The same as a file."""
    return _file(_asked(request, _of_the_ministry(request)))


@require_safe
@for_holders(Role.SECRETARIAT)
def region_gain(request):
    """What do people of all countries together know after a course?"""
    return render(request, "gain/region.html", _asked(request, figures_of_everybody))


@require_safe
@for_holders(Role.SECRETARIAT)
def region_gain_table(request):
    """The same as a file."""
    return _file(_asked(request, figures_of_everybody))


@require_safe
@for_readers_of_questions
def gain_report(request):
    """Which parts of a course teach, and which questions do many miss?"""
    return render(request, "gain/editors.html", _asked(request, figures_of_everybody))


@require_safe
@for_readers_of_questions
def gain_report_table(request):
    """The same as a file."""
    return _file(_asked(request, figures_of_everybody))


def _of_the_ministry(request: HttpRequest) -> Callable[..., Figures]:
    attempts = attempts_counted_for(request.user, on=timezone.localdate())
    return partial(figures_of, attempts)


def _asked(request: HttpRequest, reckon: Callable[..., Figures]) -> dict:
    """Return the figures of what the form asks for; none where it makes no sense."""
    language, as_of = get_language(), rules.released_at(timezone.now())
    form = GainForm(request.GET, language=language)
    shown = {"form": form, "as_of": as_of, "enough": BEHIND_A_GAIN, "low": rules.LOW}
    edition, track = form.asked()
    if edition is None:
        return shown
    course = edition.course
    figures = reckon(course=course, track=track, until=as_of, language=language)
    return shown | {
        "course": course,
        "title": edition.title(language),
        "track": track,
        "track_name": Track(track).label if track else "",
        "figures": figures,
        "chart": chart_of(figures.gains),
    }


def _file(shown: dict) -> HttpResponse:
    figures: Figures | None = shown.get("figures")
    if figures is None:
        raise Http404
    rows = table_of(
        figures,
        course=shown["title"],
        track=shown["track_name"] or _("All"),
        as_of=shown["as_of"],
    )
    text = as_csv(rows).encode("utf-8-sig")
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    day = timezone.localdate(shown["as_of"])  # as the screen says it
    name = f"gain-{shown['course'].code}-{day:%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
