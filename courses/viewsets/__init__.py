"""What editors see of learning, besides its pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from courses.viewsets.country_notes import CountryNoteViewSet
from courses.viewsets.courses import CourseViewSet
from courses.viewsets.facts import ActivityViewSet, EditionViewSet
from courses.viewsets.glossary import GlossaryTermViewSet
from courses.viewsets.questions import QuestionViewSet
from courses.viewsets.reasoning import ReasoningTaskViewSet
from courses.viewsets.wordings import WordingViewSet


class LearningGroup(ViewSetGroup):
    """One entry of the menu for all of it."""

    menu_label = _("Learning")
    menu_icon = "list-ul"
    menu_order = 150
    items = (
        QuestionViewSet,
        ReasoningTaskViewSet,
        CountryNoteViewSet,
        GlossaryTermViewSet,
        WordingViewSet,
        EditionViewSet,
        CourseViewSet,
        ActivityViewSet,
    )
