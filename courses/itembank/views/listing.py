"""The list of the bank: what fits, in which order, and how many there are of each."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.gain.rules import percent
from courses.itembank import words
from courses.itembank.facts import Places, entries, places_in
from courses.itembank.finding import TREE, Found, find, tree_of
from courses.itembank.rules import Entry
from courses.views.gates import for_readers_of_questions
from courses.viewsets.question_form import KINDS

A_PAGE = 50


@require_safe
@for_readers_of_questions
def bank(request: HttpRequest) -> HttpResponse:
    """List the questions that fit; the address says what was asked for."""
    language = get_language()
    places = places_in(language)
    found = find(entries(places), request.GET)
    page = Paginator(found.entries, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "found": found,
        "tree": tree_of(found, places),
        "everywhere": found.query(**dict.fromkeys(TREE, "")),
        "kept": [(name, found.chosen.get(name)) for name in TREE[:-1]],
        "filters": [_filter(found, name) for name in words.CHOSEN],
        "sorts": [
            (value, label, value == found.sort) for value, label in words.SORTS.items()
        ],
        "page_obj": page,
        "rows": [_row(one, places, language) for one in page.object_list],
        "here": found.query(page=request.GET.get("page", "")),
        "may_write": request.user.has_perm("courses.change_question"),
    }
    return render(request, "itembank/list.html", shown)


def _filter(found: Found, name: str) -> dict:
    """Return a filter with its values, each with how many there would be."""
    counts, chosen = found.counts.get(name, {}), found.chosen.get(name, "")
    named = KINDS if name == "kind" else words.NAMED.get(name, {})
    values = [value for value in named if value in counts]
    values += sorted({*counts, chosen} - {*values, ""})
    return {
        "name": name,
        "label": words.CHOSEN[name],
        "values": [
            (value, named.get(value, value), counts[value], value == chosen)
            for value in values
        ],
    }


def _row(entry: Entry, places: Places, language: str) -> dict:
    facility = entry.facility
    return {
        "entry": entry,
        "stem": words.stem_of(entry.document, language),
        "kind": KINDS.get(entry.kind, entry.kind),
        "use": words.NAMED["use"][entry.use],
        "level": words.level_of(entry.level),
        "facility": "–" if facility is None else f"{percent(facility)} %",
        "state": words.STATES[entry.state],
        "place": places.titles.get(str(entry.module), ""),
    }
