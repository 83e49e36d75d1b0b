"""Addresses of learning: what learners do, and lessons before Wagtail's own way."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from courses.views import (
    attempts,
    countries,
    drawings,
    enrolments,
    finding,
    glossary,
    lessons,
    operations,
    works,
)


class PageSlug(StringConverter):
    """A part of a page's address as Wagtail takes it: letters of any script."""

    regex = r"[\w-]+"


register_converter(PageSlug, "page")

urlpatterns = [
    path("", include("courses.inperson.urls")),
    path("", include("courses.gain.urls")),
    path("", include("courses.cases.urls")),
    path("", include("courses.reasoning.urls")),
    path("", include("courses.notes.urls")),
    path("search/", finding.search_page, name="search"),
    path("country-notes/", finding.country_notes, name="country_list"),
    path("country-notes/<slug:country>/", finding.country_notes, name="country_notes"),
    path("country/", countries.own_notes, name="country_owner"),
    path("country/<uuid:note>/checked/", countries.checked, name="note_checked"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("sources/", works.works_cited, name="works_cited"),
    path("", include("courses.assigning.urls")),
    path("my-learning/", enrolments.my_learning, name="my_learning"),
    path("learn/courses/<uuid:course>/enrol/", enrolments.enrol, name="enrol"),
    path("learn/enrolments/<uuid:enrolment>/", enrolments.detail, name="enrolment"),
    path("learn/enrolments/<uuid:enrolment>/resume/", enrolments.resume, name="resume"),
    path("learn/enrolments/<uuid:enrolment>/leave/", enrolments.leave, name="leave"),
    path(
        "learn/activities/<uuid:activity>/finish/",
        lessons.finish,
        name="finish_lesson",
    ),
    path(
        "learn/activities/<uuid:activity>/start/",
        attempts.start,
        name="start_attempt",
    ),
    path("attempts/<uuid:attempt>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:attempt>/answers/", attempts.answers, name="attempt_answers"),
    path(
        "attempts/<uuid:attempt>/operations/",
        operations.operations,
        name="attempt_operations",
    ),
    path("attempts/<uuid:attempt>/review/", attempts.review, name="attempt_review"),
    path("attempts/<uuid:attempt>/submit/", attempts.submit, name="attempt_submit"),
    path("<page:course>/<page:module>/<page:lesson>/", lessons.lesson, name="lesson"),
    path(
        "<page:course>/<page:module>/<page:lesson>/drawings/<slug:drawing>/",
        drawings.drawing_sheet,
        name="drawing_sheet",
    ),
]
