"""Where does an editor go for each job? One address for each, if they may do it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import CataloguePage
from lms.models import User

# Permission, address, what is done there.
LISTS = (
    ("view_course", "course:index", gettext_lazy("Review a course")),
    ("change_question", "question:index", gettext_lazy("Questions of the tests")),
    ("view_edition", "edition:index", gettext_lazy("Editions of the courses")),
    ("view_countrynote", "note_grid", gettext_lazy("Country notes to write and check")),
    ("view_glossaryterm", "glossaryterm:index", gettext_lazy("Terms of the glossary")),
    ("view_wording", "words_report", gettext_lazy("Words that should be others")),
    ("change_wording", "wording:index", gettext_lazy("List of the wordings to avoid")),
)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that an editor does, and the screen where it begins."""

    label: str
    address: str


def jobs_of(editor: User) -> list[Job]:
    """Return what the editor may do, what is done most first."""
    lists = [
        Job(str(label), reverse(name))
        for permission, name, label in LISTS
        if editor.has_perm(f"courses.{permission}")
    ]
    return [*_new_course(editor), *lists]


def catalogue_of(editor: User) -> CataloguePage | None:
    """Return the catalogue of the original, if the editor may put courses in it."""
    home = CataloguePage.objects.filter(
        locale__language_code=settings.LANGUAGE_CODE
    ).first()
    if home and home.permissions_for_user(editor).can_add_subpage():
        return home
    return None


def _new_course(editor: User) -> Iterator[Job]:
    if home := catalogue_of(editor):
        address = reverse(
            "wagtailadmin_pages:add", args=["courses", "coursepage", home.pk]
        )
        yield Job(_("New course from the model"), reverse("model_course"))
        yield Job(_("New course"), address)
