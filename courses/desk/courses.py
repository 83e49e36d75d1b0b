"""Which courses does an editor keep, and how does each stand?"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from wagtail.models import Page

from courses.desk.facts import pages_of
from courses.models import Course, CoursePage, Edition
from lms.models import User
from lms.people.choices import Language


def courses_of(editor: User) -> QuerySet[CoursePage]:
    """Return the courses that the editor may change, drafts too, in the original.

    `changed_at` is when somebody last wrote in the course or in a page of it; `opened`
    names the edition that learners enrol in.
    """
    below = Page.objects.filter(path__startswith=OuterRef("path")).order_by()
    written = below.annotate(one=Value(1)).values("one")
    newest = Edition.objects.filter(course=OuterRef("translation_key")).order_by(
        "-opened_at", "-pk"
    )
    label = newest.annotate(
        label=Concat("run", Value(" v"), Cast("version", CharField()))
    )
    return (
        CoursePage.objects.filter(pk__in=pages_of(editor).values("pk"))
        .filter(locale__language_code=settings.LANGUAGE_CODE)
        .annotate(
            changed_at=Subquery(
                written.annotate(at=Max("latest_revision_created_at")).values("at")
            ),
            opened=Subquery(label.values("label")[:1]),
            known=Subquery(
                Course.objects.filter(pk=OuterRef("translation_key")).values("pk")[:1]
            ),
        )
        .order_by("title", "pk")
    )


def languages_among(courses: Iterable[CoursePage]) -> dict[UUID, list[str]]:
    """Return in which languages readers have each course."""
    keys = [page.translation_key for page in courses]
    live = Page.objects.filter(translation_key__in=keys, live=True)
    found = defaultdict(list)
    for key, code in live.values_list("translation_key", "locale__language_code"):
        found[key].append(str(Language(code).label))
    return {key: sorted(names) for key, names in found.items()}


def titles_among(keys: Iterable[UUID]) -> dict[UUID, str]:
    """Return the title of each page by its key, in the original where there is one."""
    original = When(locale__language_code=settings.LANGUAGE_CODE, then=Value(1))
    pages = Page.objects.filter(translation_key__in=keys)
    rows = pages.annotate(place=Case(original, default=Value(0))).order_by("place")
    return dict(rows.values_list("translation_key", "draft_title"))
