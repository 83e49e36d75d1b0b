"""The records themselves: every template is in one, and no record is left over."""

from pathlib import Path

from django.conf import settings

from tests.screens.records import DRAWN, FOLDER
from tests.screens.test_forms import STANDING

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Drawn by no record, and why.
ELSEWHERE = {
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
