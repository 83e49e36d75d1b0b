"""The code of the last release works on the tables of today, until it is replaced."""

import pytest
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunSQL,
)
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import (
    BooleanField,
    CharField,
    CheckConstraint,
    Index,
    IntegerField,
    Q,
)

from tests.upgrade.release import hinders, hindrances, then_and_since

# Why the release bears what no rule can judge. Emptied at each release (release.txt).
BORNE = {
    "courses.0010_law_boxes_name_a_topic: Alter field body on casepage": (
        "no column changes: the release shows a law box without texts of countries"
    ),
    "courses.0011_numbers_are_called: Create constraint "
    "only_contacts_are_called on model countrynote": (
        "the column is new: what the release writes has no day of a call"
    ),
    "courses.0013_recordings_have_captions: Alter field body on lessonpage": (
        "no column changes: the release shows a recording without captions"
    ),
    "courses.0016_tests_with_a_time_limit: Create constraint "
    "exceptions_give_minutes_not_days on model assignmentexception": (
        "the column is new: what the release writes has no extra minutes"
    ),
    "courses.0016_tests_with_a_time_limit: Create constraint "
    "attempts_end_after_they_began on model attempt": (
        "the column is new: what the release writes has no end"
    ),
    "courses.0016_tests_with_a_time_limit: Create constraint "
    "attempts_count_for_their_end_at_the_latest on model attempt": (
        "the column is new: only an edition opened by newer code gives an end"
    ),
    "courses.0016_tests_with_a_time_limit: Create constraint "
    "the_clock_hands_in_at_the_end on model attempt": (
        "the column is new: the release hands in nothing by the clock"
    ),
    "courses.0016_tests_with_a_time_limit: Create constraint "
    "a_final_test_lasts_minutes_not_days on model edition": (
        "the column is new: what the release opens has no time limit"
    ),
    "courses.0025_marks_may_fall: Create constraint "
    "what_was_passed_and_lost_was_handed_in on model attempt": (
        "the column is new: no pass is lost by what the release writes"
    ),
    "courses.0026_drawings_in_lessons: Alter field body on lessonpage": (
        "no column changes: the release shows a lesson without its drawing"
    ),
    "courses.0029_open_editions_keep_theirs: Raw Python operation": (
        "it fills a table that the release does not know"
    ),
    "lms.0012_letters_with_secrets: Create constraint "
    "letters_that_are_over_keep_no_secret on model letter": (
        "the column is new: what the release writes has no secret"
    ),
    "certificates.0012_earlier_revocations: Raw Python operation": (
        "it writes into a column that the release does not know"
    ),
    "certificates.0013_revoked_stay_revoked: Create constraint "
    "two_people_revoke_a_certificate_for_a_class_of_reason on model certificate": (
        "the release revokes nothing: only its demo wrote such rows"
    ),
    "certificates.0013_revoked_stay_revoked: Create constraint "
    "suspensions_are_lifted_after_they_began on model certificate": (
        "both columns are new, and stay empty"
    ),
    "certificates.0013_revoked_stay_revoked: Raw Python operation": (
        "the trigger forbids to take a revocation back, which the release never does"
    ),
}


def test_what_came_since_the_release_is_borne_by_its_code(db):
    # Some migrations of others ask the database while they are read.
    assert sorted(hindrances(*then_and_since())) == sorted(BORNE)


@pytest.fixture
def known():
    """What a release knew: one table with a name and perhaps a number."""
    state = ProjectState()
    columns = [("name", CharField(max_length=20)), ("number", IntegerField(null=True))]
    state.add_model(ModelState("lms", "Person", columns))
    return state


@pytest.mark.parametrize(
    ("operation", "hinders_it"),
    [
        (AddField("person", "age", IntegerField()), True),
        (AddField("person", "age", IntegerField(default=1)), True),
        (AddField("person", "age", IntegerField(null=True)), False),
        (AddField("person", "old", BooleanField(db_default=False)), False),
        (AddField("cohort", "age", IntegerField()), False),
        (RemoveField("person", "name"), True),
        (RemoveField("person", "age"), False),
        (RenameField("person", "name", "called"), True),
        (RenameModel("Person", "Human"), True),
        (DeleteModel("Person"), True),
        (DeleteModel("Cohort"), False),
        (CreateModel("Cohort", [("age", IntegerField())]), False),
        (AlterField("person", "name", CharField(max_length=10)), True),
        (AlterField("person", "name", CharField(max_length=30)), False),
        (AlterField("person", "name", CharField("called", max_length=20)), False),
        (AlterField("person", "name", CharField(max_length=20, unique=True)), True),
        (AlterField("person", "name", IntegerField()), True),
        (AlterField("person", "number", IntegerField()), True),
        (AlterField("person", "number", IntegerField(db_default=0)), False),
        (AddIndex("person", Index(fields=["name"], name="by_name")), False),
        (
            AddConstraint(
                "person", CheckConstraint(condition=~Q(name=""), name="people_have_one")
            ),
            True,
        ),
        (RunSQL("SELECT 1"), True),
    ],
    ids=lambda given: given.describe() if hasattr(given, "describe") else None,
)
def test_what_the_release_does_not_bear_is_told(known, operation, hinders_it):
    assert hinders(operation, "lms", known) is hinders_it
