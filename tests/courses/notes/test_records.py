"""What notes keep: exported, joined, forgotten in time and with their writer."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import override
from wagtail.models import Page

from courses.models import Note
from courses.notes.actions import keep
from courses.notes.kept import lines
from courses.notes.records import move, notes
from courses.notes.tasks import forget_notes
from lms.people.records import Leaver, Merging, erase_records
from lms.people.rules import NOTES_KEPT

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def lesson(activities):
    return activities["lesson-1"]


@pytest.fixture
def noted(ana, lesson, at):
    return keep(ana, lesson, text="Preguntar", is_marked=True, at=at)


def all_notes():
    rows = Note.objects.order_by("lesson__made_at", "pk")
    return [(one.learner_id, one.text, one.is_marked) for one in rows]


def test_a_person_exports_what_they_noted_and_nobody_elses(noted, ana, bruno):
    with override("en"):
        [row] = notes(ana, "es")
        [line] = lines(ana, "en")

    assert (row["lesson"], row["note"]) == ("Lección 1", "Preguntar")
    assert line.values == ["1 lesson"]
    assert notes(bruno, "es") + lines(bruno, "es") == []


def test_of_a_lesson_without_a_page_the_key_is_exported(noted, ana, lesson):
    Page.objects.filter(translation_key=lesson.pk).update(live=False)

    assert notes(ana, "es")[0]["lesson"] == str(lesson.pk)


def test_notes_go_with_their_writer(noted, ana, bruno, lesson, at):
    keep(bruno, lesson, text="De Bruno", is_marked=False, at=at)

    erase_records(Leaver(person=ana, addresses=frozenset(), at=at))

    assert all_notes() == [(bruno.pk, "De Bruno", False)]


def test_notes_go_when_nobody_changed_them_for_so_long(noted, at):
    with time_machine.travel(at + NOTES_KEPT - SECOND, tick=False):
        forget_notes.call()
    assert Note.objects.exists()

    with time_machine.travel(at + NOTES_KEPT, tick=False):
        forget_notes.call()
    assert not Note.objects.exists()


def test_notes_of_two_accounts_are_joined_and_nothing_of_either_is_lost(
    noted, ana, bruno, activities, lesson, at
):
    later = at + SECOND
    keep(bruno, lesson, text="Callar", is_marked=False, at=later)
    keep(bruno, activities["lesson-2"], text="Esperar", is_marked=False, at=at)

    assert move(Merging(kept=ana, gone=bruno, by=ana, at=at)) == 2

    assert sorted(all_notes()) == sorted(
        [(ana.pk, "Preguntar\n\nCallar", True), (ana.pk, "Esperar", False)]
    )
    assert Note.objects.get(lesson=lesson).changed_at == later
