"""A course of three modules, of which judges need not study the second."""

from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from tests import factories


def make_three_modules(*, recommended_for=()) -> CoursePage:
    """Return a live course; the second module is for prosecutors alone."""
    page = factories.make_course_page()
    for number, name, asked, advised in (
        (3, "dos", ["prosecutor"], list(recommended_for)),
        (4, "tres", ["judge", "prosecutor"], []),
    ):
        module = factories.in_both(
            page,
            ModulePage,
            title=f"Módulo {name}",
            slug=f"modulo-{name}",
            summary="Resumen",
            required_for=asked,
            recommended_for=advised,
        )
        factories.in_both(
            module,
            LessonPage,
            title=f"Lección {number}",
            slug=f"leccion-{number}",
            summary="Resumen",
            objectives=[{"type": "point", "value": "Distinguir"}],
            body=factories.lesson_body(f"C1-{number}"),
        )
    final = QuizPage.objects.get(slug="prueba-final")
    final.move(CoursePage.objects.get(pk=page.pk), pos="last-child")
    return CoursePage.objects.get(pk=page.pk)
