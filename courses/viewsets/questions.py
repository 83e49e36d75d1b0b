"""Questions as editors see them: a list, every version, and a form for the next."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from courses.actions import save_question
from courses.interchange import lessons_of
from courses.models import Question, QuestionVersion
from courses.questions.words import key_lines_of
from courses.viewsets.question_form import (
    KINDS,
    LANGUAGES,
    SOURCE,
    panel_for,
    sides_of,
)
from courses.words.views import WordsAreNamed


class QuestionIndex(IndexView):
    @cached_property
    def header_buttons(self):
        """Ways to write a question, to bring some of elsewhere, to take these along."""
        buttons = super().header_buttons
        if self.request.user.has_perm("courses.change_question"):
            new = reverse("new_question")
            bring, take = reverse("bring_questions"), reverse("take_questions")
            buttons += [
                HeaderButton(_("New question"), url=new, icon_name="plus"),
                HeaderButton(_("Bring questions"), url=bring, icon_name="upload"),
                HeaderButton(_("Take questions along"), url=take, icon_name="download"),
            ]
        return buttons

    def get_base_queryset(self):
        newest = QuestionVersion.objects.filter(question=OuterRef("pk"))
        newest = newest.order_by("-number")
        return Question.objects.annotate(
            version=Subquery(newest.values("number")[:1]),
            document=Subquery(newest.values("document")[:1]),
        )


class QuestionEdit(WordsAreNamed, EditView):
    """Saves a new version; the one that attempts rest on stays."""

    def get_panel(self):
        self.object = self.get_object()
        latest = self.object.versions.order_by("-number").first()
        is_draft = self.object.retired_at is not None
        lessons = lessons_of(self.object.module) if is_draft else None
        return panel_for(latest.document, lessons=lessons)

    def save_instance(self):
        facts = {name: self.form.cleaned_data[name] for name in ("use", "anchor")}
        if self.object.retired_at:
            facts["lesson"] = self.form.cleaned_data["lesson"]
        if self.form.cleaned_data.get("asked"):
            facts["retired_at"] = None
        changed = save_question(
            self.object.pk,
            document=self.form.new_document(),
            facts=facts,
            by=self.request.user,
            at=timezone.now(),
        )
        if changed:
            log(self.object, "wagtail.edit", user=self.request.user)
        return self.object


class QuestionInspect(InspectView):
    """Every version, newest first, in every language."""

    template_name = "courses/admin/question.html"

    def get_context_data(self, **kwargs):
        versions = self.object.versions.select_related("made_by").order_by("-number")
        shown = [self._shown(version) for version in versions]
        return super().get_context_data(versions=shown, **kwargs)

    def _shown(self, version):
        document = version.document
        return {
            "version": version,
            "kind": KINDS[document["type"]],
            "languages": [
                {
                    "code": code,
                    "name": name,
                    "stem": document["stem"][code],
                    "feedback": document["feedback"][code],
                    "source": document["source"][code],
                    "right": key_lines_of(document, document["correct"], code),
                    "options": [
                        (option["key"], option[code])
                        for options in sides_of(document).values()
                        for option in options
                    ],
                }
                for code, name in LANGUAGES.items()
            ],
        }


class QuestionViewSet(ModelViewSet):
    model = Question
    icon = "help"
    index_view_class = QuestionIndex
    edit_view_class = QuestionEdit
    inspect_view_class = QuestionInspect
    inspect_view_enabled = True
    inspect_template_name = "courses/admin/question.html"
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("use", "anchor")
    list_display = (
        "code",
        "use",
        Column(
            "kind", label=_("Kind"), accessor=lambda row: KINDS[row.document["type"]]
        ),
        Column(
            "stem",
            label=_("Question"),
            accessor=lambda row: row.document["stem"][SOURCE],
        ),
        Column("version", label=_("Version")),
        Column(
            "asked",
            label=_("Asked"),
            accessor=lambda row: _("No: a draft") if row.retired_at else _("Yes"),
        ),
    )
    list_filter = ("use", "anchor")
    search_fields = ("code",)

    def get_edit_view_kwargs(self, **kwargs):
        # The form depends on the question: its view makes it.
        return super().get_edit_view_kwargs(**kwargs) | {"form_class": None}
