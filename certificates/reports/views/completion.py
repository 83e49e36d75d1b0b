"""Who completed what, as of when? The report on screen, and one person of it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_noop
from django.views.decorators.http import require_safe

from certificates import wording
from certificates.lines.drawing import draw
from certificates.models import Certificate, ReportLine
from certificates.reports import words
from certificates.reports.columns import COLUMNS
from certificates.reports.figures import (
    as_of,
    groups_of,
    other_period,
    totals_of,
)
from certificates.reports.filters import Asked
from certificates.reports.forms import ReportForm, in_words
from certificates.reports.labels import labelled
from certificates.reports.query import lines_of, told
from certificates.rules import Standing
from courses.models import Enrolment
from courses.progress import progress_of_each
from lms.audit.looks import looked
from lms.people.choices import Role
from lms.people.gates import for_holders

PER_PAGE = 50
MOST_PAGES = 100  # whoever wants more takes a file
REPORT = gettext_noop("completion report")
PERSON = gettext_noop("page of a person in the completion report")
FIELDS = [column.heading for column in COLUMNS.values()]


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its course, state and certificate in words, and how far it is."""

    line: ReportLine
    course: str
    state: Any
    standing: Any
    progress: Any = None
    paper: Any = None
    may_change: bool = False

    @property
    def until(self):
        """The last day of a certificate that stands, or stood until that day."""
        runs_out = self.line.standing in (Standing.VALID, Standing.EXPIRED)
        return self.line.valid_until if runs_out else None


def row_of(line, progress=None, *, paper=None, may_change=False):
    edition = line.edition
    return Row(
        line=line,
        course=edition.title(get_language()) if edition else line.course.code,
        state=words.STATES[line.state],
        standing=words.STANDINGS[line.standing],
        progress=progress,
        paper=paper,
        may_change=may_change,
    )


class Counted(Paginator):
    """Pages of lines that the figures have counted already; not of endless ones.

    To come to page n a database reads all pages before it.
    """

    def __init__(self, lines, *, count):
        self._lines_counted = count
        super().__init__(lines, PER_PAGE)

    @cached_property
    def count(self):
        return self._lines_counted

    @cached_property
    def num_pages(self):
        return min(MOST_PAGES, -(-self.count // self.per_page) or 1)


@require_safe
@for_holders(Role.MINISTRY)
def completion(request):
    """Of whom is asked, how far are they, and who are they?"""
    now = timezone.now()
    form = ReportForm(_with_groups(request.GET), viewer=request.user, at=now)
    facts = {"form": form, "as_of": as_of()}
    if form.is_valid():
        facts |= _found(request, form, at=now)
    return render(request, "reports/completion.html", facts)


def _found(request, form, *, at):
    viewer, asked = request.user, form.asked()
    totals = totals_of(viewer, asked, at=at)
    other = totals_of(viewer, other_period(asked), at=at) if asked.other else None
    pages = Counted(lines_of(viewer, asked, at=at), count=totals.figures.lines)
    page = pages.get_page(request.GET.get("page"))
    page.object_list = [row_of(line) for line in page.object_list.with_names()]
    shown = [row.line.person_id for row in page.object_list]
    looked(request, shown, purpose=REPORT, fields=FIELDS)
    return {
        "asked": asked,
        "filters": [(one, _without(asked, one.names)) for one in in_words(form)],
        "totals": totals,
        "other": other,
        "groups": labelled(groups_of(viewer, asked, at=at), asked),
        "group_headings": [words.GROUPS[w] for w in (asked.group, asked.then) if w],
        "page_obj": page,
        "is_cut": totals.figures.lines > PER_PAGE * MOST_PAGES,
        "query": asked.as_query(),
    }


def _without(asked, names):
    """Return the words of an address that asks the same but for one filter."""
    return {key: value for key, value in asked.as_query().items() if key not in names}


def _with_groups(query):
    """Return what is asked, by institution where nobody chose how to group."""
    if "group" in query or "then" in query:
        return query
    query = query.copy()
    query["group"] = "institution"
    return query


@require_safe
@for_holders(Role.MINISTRY)
def person_lines(request, person):
    """What does one of our people take, and what is left to do?"""
    now = timezone.now()
    on = timezone.localdate(now)
    _draw_if_seen(request.user, person, at=now)
    lines = _lines_of_person(request.user, person, at=now)
    if not lines:
        raise Http404
    looked(request, [lines[0].person_id], purpose=PERSON, fields=FIELDS)
    taken = Enrolment.objects.visible_to(request.user, on=on).filter(
        pk__in=[line.enrolment_id for line in lines if line.enrolment_id]
    )
    progress = progress_of_each(taken, language=get_language())
    papers, changeable = _papers_of(request.user, lines, on=on)
    facts = {
        "person": lines[0].person,
        "rows": [
            row_of(
                line,
                progress.get(line.enrolment_id),
                paper=papers.get(line.certificate_id),
                may_change=line.certificate_id in changeable,
            )
            for line in lines
        ],
        "as_of": now,
    }
    return render(request, "reports/person.html", facts)


def _draw_if_seen(viewer, person, *, at):
    """Draw the lines of somebody in sight anew: beside them stands what is so now."""
    seen = ReportLine.objects.visible_to(viewer, on=timezone.localdate(at))
    key = seen.filter(person__uuid=person).values_list("person", flat=True).first()
    if key is not None:
        draw([key], at=at)


def _lines_of_person(viewer, person, *, at):
    """Return the lines of the person that are in sight, the newest first."""
    seen = ReportLine.objects.visible_to(viewer, on=timezone.localdate(at))
    theirs = told(seen.filter(person__uuid=person), Asked(), at=at)
    return list(theirs.with_names().order_by("-enrolled_at", "pk"))


def _papers_of(viewer, lines, *, on):
    """Return what certificates are worth today by their keys, and which may be changed.

    With two queries for one line and for many.
    """
    keys = [line.certificate_id for line in lines if line.certificate_id]
    seen = Certificate.objects.visible_to(viewer, on=on).filter(pk__in=keys)
    papers = {
        award.pk: wording.standing(award, on=on, language=get_language())
        for award in seen.with_successor()
    }
    changeable = seen.revocable_by(viewer, on=on).filter(revoked_at=None)
    return papers, set(changeable.values_list("pk", flat=True))
