"""Courses, activities and editions as editors read them: facts, never changed here."""

from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.models import Activity, Course, Edition
from lms.people.choices import Track


class FactViewSet(ModelViewSet):
    """A list that is read and looked into; its policy allows nothing else."""

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ()


class CourseViewSet(FactViewSet):
    model = Course
    icon = "folder-open-inverse"
    list_display = ("code", "id", DateColumn("made_at", label=_("Made")))


class ActivityIndex(IndexView):
    def get_base_queryset(self):
        return Activity.objects.select_related("course")


class ActivityViewSet(FactViewSet):
    model = Activity
    icon = "tick"
    index_view_class = ActivityIndex
    list_display = ("id", "course", "kind", DateColumn("made_at", label=_("Made")))
    list_filter = ("course", "kind")


class EditionIndex(IndexView):
    def get_base_queryset(self):
        return Edition.objects.select_related("course").order_by("-opened_at")


def _names(tracks):
    return "; ".join(str(Track(track).label) for track in tracks) or "–"


class EditionInspect(InspectView):
    def get_activities_display_value(self):
        """Return the syllabus: number, title, and who must do it."""
        language = get_language()
        rows = self.object.activities.all()
        return format_html_join(
            "",
            "<div>{} {} ({})</div>",
            (
                (row.number, row.title(language), _names(row.required_for))
                for row in rows
            ),
        )

    def get_field_label(self, field_name, field):
        if field_name == "activities":
            return _("Activities, and the tracks that must do them")
        return super().get_field_label(field_name, field)


class EditionViewSet(FactViewSet):
    model = Edition
    icon = "date"
    index_view_class = EditionIndex
    inspect_view_class = EditionInspect
    list_display = (
        Column("label", label=_("Edition")),
        "course",
        "kind",
        DateColumn("opened_at", label=_("Opened")),
    )
    list_filter = ("course", "kind")
    inspect_view_fields = (
        "course",
        "kind",
        "opened_at",
        "norms_on",
        "pass_mark",
        "attempts_allowed",
        "wait_days",
        "draw",
        "final_minutes",
        "validity_months",
        "despite",
        "activities",
    )
