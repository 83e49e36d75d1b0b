"""Questions as editors see them: every version, and a form for the next."""

from uuid import uuid4

from django.utils import timezone
from django.utils.translation import get_language
from wagtail.admin.views.generic import EditView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from courses.actions import save_question
from courses.interchange import lessons_of
from courses.itembank import words
from courses.itembank.actions import set_tags
from courses.itembank.facts import places_in
from courses.itembank.forms import place_fields
from courses.itembank.rules import State
from courses.itembank.using import draws_of, holdings_of, standing_of
from courses.itembank.versions import steps_of
from courses.itembank.views import listing
from courses.models import Activity, Question
from courses.questions.pictures import picture_of
from courses.questions.words import key_lines_of
from courses.viewsets.options import Shaped
from courses.viewsets.question_form import (
    KINDS,
    LANGUAGES,
    panel_for,
    sides_of,
)
from courses.words.views import WordsAreNamed

KINDS_OF_QUIZ = dict(Activity.Kind.choices)
FACTS = ("use", "anchor", "objective")


class QuestionEdit(WordsAreNamed, Shaped, EditView):
    """Saves a new version; the one that attempts rest on stays."""

    def get_panel(self):
        self.object = self.get_object()
        latest = self.object.versions.order_by("-number").first()
        document = self.as_posted(latest.document)
        is_draft = self.object.retired_at is not None
        lessons = lessons_of(self.object.module) if is_draft else None
        places = place_fields(self.object, places_in(get_language()))
        return panel_for(document, lessons=lessons, places=places)

    def save_instance(self):
        said = self.form.cleaned_data
        facts = {name: said[name] for name in FACTS if name in said}
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
        set_tags(self.object, words=said["tags"], by=self.request.user)
        if changed:
            log(self.object, "wagtail.edit", user=self.request.user)
        return self.object


class QuestionInspect(InspectView):
    """Every version, newest first, in every language."""

    template_name = "courses/admin/question.html"

    def get_context_data(self, **kwargs):
        steps, state = steps_of(self.object), standing_of(self.object)
        asked = {
            "versions": [
                self._shown(step.version) | {"changes": step.changes} for step in steps
            ],
            "state": words.STATES[state],
            "key_of_copy": uuid4(),
            "is_asked": state == State.ASKED,
            "is_retired": state == State.RETIRED,
            "tags": self.object.tags.all(),
            "draws": [
                (one, one.row.title(get_language())) for one in draws_of(self.object)
            ],
            "holdings": [
                (one, KINDS_OF_QUIZ[one.kind], words.few(one.attempts))
                for one in holdings_of(self.object)
            ],
        }
        return super().get_context_data(**asked, **kwargs)

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
                    "picture": picture_of(document, code),
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
    edit_view_class = QuestionEdit
    inspect_view_class = QuestionInspect
    inspect_view_enabled = True
    inspect_template_name = "courses/admin/question.html"
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("use", "anchor")

    @property
    def index_view(self):
        return listing.bank

    index_results_view = index_view

    def get_edit_view_kwargs(self, **kwargs):
        # The form depends on the question: its view makes it.
        return super().get_edit_view_kwargs(**kwargs) | {"form_class": None}
