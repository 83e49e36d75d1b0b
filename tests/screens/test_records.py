"""The records themselves: every template is in one, and no record is left over."""

from pathlib import Path

from django.conf import settings

from tests.screens.records import DRAWN, FOLDER
from tests.screens.test_forms import STANDING

TEMPLATES = Path(settings.BASE_DIR) / "templates"
IN_WAGTAILS = "part of a page of Wagtail's: tests/courses/checks"
# Drawn by no record, and why.
ELSEWHERE = {
    "courses/admin/also_translations.html": IN_WAGTAILS,
    "courses/admin/behind_cell.html": IN_WAGTAILS,
    "courses/admin/bulk_form.html": IN_WAGTAILS,
    "courses/admin/bulk_impact.html": IN_WAGTAILS,
    "courses/admin/checks_panel.html": IN_WAGTAILS,
    "courses/admin/confirm_bulk_delete.html": IN_WAGTAILS,
    "courses/admin/confirm_bulk_move.html": IN_WAGTAILS,
    "courses/admin/confirm_bulk_unpublish.html": IN_WAGTAILS,
    "courses/admin/confirm_delete.html": IN_WAGTAILS,
    "courses/admin/confirm_impact.html": IN_WAGTAILS,
    "courses/admin/confirm_move.html": IN_WAGTAILS,
    "courses/admin/confirm_unpublish.html": IN_WAGTAILS,
    "courses/admin/changes.html": IN_WAGTAILS,
    "courses/admin/goes_to_bin.html": IN_WAGTAILS,
    "courses/admin/page_in_bin.html": IN_WAGTAILS,
    "courses/admin/pieces.html": IN_WAGTAILS,
    "courses/admin/try_sentence.html": IN_WAGTAILS,
    "courses/admin/model_course.html": "tests/courses/editing/test_model_course.py",
    "courses/admin/new_question.html": "tests/courses/views/test_new_question.py",
    "courses/admin/bring_questions.html": "tests/courses/views/test_interchange.py",
    "courses/admin/brought_questions.html": "tests/courses/views/test_interchange.py",
    "courses/admin/take_questions.html": "tests/courses/views/test_interchange.py",
    "courses/blocks/drawing_preview.html": "tests/courses/test_lesson_drawing_block.py",
    "courses/cases/told.html": "tests/courses/editing/test_seen_as.py",
    "courses/questions/numeric.html": "tests/courses/test_views_typed.py",
    "courses/questions/short.html": "tests/courses/test_views_typed.py",
    "courses/questions/typed.html": "tests/courses/test_views_typed.py",
    "parts/seen_as.html": "tests/courses/editing/test_seen_as.py",
    "itembank/branches.html": "tests/courses/itembank/test_listing.py",
    "itembank/list.html": "tests/courses/itembank/test_listing.py",
    "itembank/preview.html": "tests/courses/itembank/test_using.py",
    "itembank/rest.html": "tests/courses/itembank/test_using.py",
    "analysis/chart.html": "tests/courses/analysis/test_views.py",
    "correcting/correction.html": "tests/courses/correcting/test_views.py",
    "correcting/propose.html": "tests/courses/correcting/test_views.py",
    "courses/time_left.html": "tests/courses/test_timed_attempts.py",
    "courses/time_limit.html": "tests/courses/test_timed_attempts.py",
    "wagtailadmin/404.html": "tests/lms/web/test_admin_look.py",
    "wagtail_localize/admin/edit_translation.html": IN_WAGTAILS,
    "account/signup_closed.html": "allauth draws it where no one may sign up: never",
    "lms/queue/failed_tasks.html": "a list of Wagtail's: tests/lms/queue",
    "lms/queue/try_again_cell.html": "a cell of Wagtail's: tests/lms/queue",
}


def drawn() -> set[str]:
    """Return the templates that the records name."""
    told = (path.read_text().splitlines()[-1] for path in FOLDER.rglob("*.txt"))
    return {name for line in told for name in line.removeprefix(DRAWN).split()}


def test_every_template_is_drawn_in_a_record():
    ours = {str(p.relative_to(TEMPLATES)) for p in TEMPLATES.rglob("*") if p.is_file()}

    assert ours - drawn() == set(ELSEWHERE)


def test_records_of_forms_are_those_of_the_forms():
    kept = {path.stem for path in (FOLDER / "forms").glob("*.txt")}

    assert kept == {name.replace(":", "-") for name in STANDING}
