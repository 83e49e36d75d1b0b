"""Courses as editors find them: a row for each, which leads to its page and checks."""

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from courses.desk.courses import courses_of, languages_among
from courses.models import Course
from courses.viewsets.facts import FactViewSet


class CourseIndex(IndexView):
    """Pages and not rows of `Course`: a draft has no row before it is published."""

    default_ordering = ("title", "pk")

    def get_base_queryset(self):
        return courses_of(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        languages = languages_among(rows)
        for page in rows:
            page.read_in = ", ".join(languages.get(page.translation_key, ()))
        return context


def _facts(page):
    return reverse("course:inspect", args=[page.known]) if page.known else None


class CourseViewSet(FactViewSet):
    model = Course
    icon = "folder-open-inverse"
    index_view_class = CourseIndex
    inspect_view_fields = ("code", "made_at")
    list_display = (
        TitleColumn(
            "title",
            label=_("Title"),
            accessor="get_admin_display_title",
            url_name="wagtailadmin_pages:edit",
        ),
        TitleColumn("code", label=_("Code"), get_url=_facts),
        Column("read_in", label=_("Languages of readers")),
        Column("state", label=_("State"), accessor="status_string"),
        Column("opened", label=_("Open edition")),
        DateColumn("changed_at", label=_("Changed on")),
        TitleColumn(
            "check",
            label=_("Checks"),
            accessor=lambda page: _now("Check the course"),
            url_name="course_checks",
        ),
    )
