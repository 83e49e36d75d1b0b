"""Activities and editions as editors read them: facts, never changed here."""

from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from courses.desk.courses import titles_among
from courses.models import Activity, Edition
from lms.people.choices import Track

# Columns that have no name for people: a name of theirs would be a migration.
LABELS = {"kind": _("Kind"), "made_at": _("Made"), "opened_at": _("Opened")}


class FactInspect(InspectView):
    """What is known of a row, under names that people read."""

    def get_field_label(self, field_name, field):
        label = LABELS.get(field_name)
        return label or super().get_field_label(field_name, field)


class FactViewSet(ModelViewSet):
    """A list that is read and looked into; its policy allows nothing else."""

    inspect_view_class = FactInspect
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ()


class ActivityFilters(WagtailFilterSet):
    kind = ChoiceFilter(label=LABELS["kind"], choices=Activity.Kind.choices)

    class Meta:
        model = Activity
        fields = ("course", "kind")


class ActivityIndex(IndexView):
    """Activities by the titles of their pages."""

    def get_base_queryset(self):
        return Activity.objects.select_related("course")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        titles = titles_among([row.pk for row in rows])
        for row in rows:
            row.title = titles.get(row.pk, row.get_kind_display())
        return context


class ActivityInspect(FactInspect):
    def get_page_subtitle(self):
        titles = titles_among([self.object.pk])
        return titles.get(self.object.pk, self.object.get_kind_display())


class ActivityViewSet(FactViewSet):
    model = Activity
    icon = "tick"
    index_view_class = ActivityIndex
    inspect_view_class = ActivityInspect
    inspect_view_fields = ("course", "kind", "made_at")
    filterset_class = ActivityFilters
    list_display = (
        TitleColumn("title", label=_("Title"), url_name="activity:inspect"),
        "course",
        Column("kind", label=LABELS["kind"], accessor="get_kind_display"),
        DateColumn("made_at", label=LABELS["made_at"]),
    )


class EditionIndex(IndexView):
    def get_base_queryset(self):
        return Edition.objects.select_related("course").order_by("-opened_at")


def _title(edition):
    return edition.title(get_language())


def _names(tracks):
    return "; ".join(str(Track(track).label) for track in tracks) or "–"


class EditionInspect(FactInspect):
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

    def get_final_minutes_display_value(self):
        return self.object.final_minutes or _("no time limit")

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
        TitleColumn("label", label=_("Edition"), url_name="edition:inspect"),
        Column("title", label=_("Course"), accessor=_title),
        "kind",
        DateColumn("opened_at", label=LABELS["opened_at"]),
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
