"""What are the modules and lessons of a course called, those of the past too?"""

from dataclasses import dataclass
from uuid import UUID

from courses.models import Course, EditionActivity
from courses.models.editions import in_language


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles that the newest edition to have each of them gives it."""

    modules: dict[UUID, str]
    lessons: dict[UUID, str]

    def module(self, key: UUID) -> str:
        return self.modules.get(key, "")

    def lesson(self, key: UUID | None) -> str:
        return self.lessons.get(key, "") if key else ""

    def in_order(self, keys: set[UUID]) -> list[UUID]:
        """Return modules as the course has them."""
        return [key for key in self.modules if key in keys]


def titles_of(course: Course, language: str) -> Titles:
    """Return the numbered titles of all editions of a course; one query."""
    rows = EditionActivity.objects.filter(edition__course=course).order_by(
        "edition__opened_at", "edition", "position"
    )
    modules, lessons = {}, {}
    for row in rows.only("activity_id", "module", "module_titles", "number", "titles"):
        lessons[row.activity_id] = f"{row.number} {row.title(language)}"
        if row.module:
            number = row.number.split(".")[0]
            title = in_language(row.module_titles, language)
            modules.pop(row.module, None)  # the newest edition says the order too
            modules[row.module] = f"{number}. {title}"
    return Titles(modules, lessons)
