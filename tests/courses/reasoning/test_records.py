"""What pages of reasons keep: exported, forgotten in time and with their writer."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import override

from courses.models import Marking, Paper
from courses.reasoning import actions
from courses.reasoning.kept import lines
from courses.reasoning.records import markings, move_markings, papers
from courses.reasoning.tasks import forget_reasons
from lms.people.records import Leaver, Merging, erase_records
from lms.people.rules import REASON_DRAFTS_KEPT, REASONS_KEPT
from tests.courses.reasoning.building import TEXT, a_paper, read
from tests.factories import NOON, EnrolmentFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def kept():
    return [
        (one.text, [reading.comment for reading in one.markings.all()])
        for one in Paper.objects.all()
    ]


def test_a_person_exports_what_they_wrote_and_how_it_was_marked(
    ana, bruno, tomas, asked
):
    paper = a_paper(ana, asked)
    read(paper, tomas, facts=2)

    with override("en"):
        [wrote], [marked] = papers(ana, "en"), markings(ana, "en")

    assert (wrote["text"], wrote["title"]) == (TEXT, "El consentimiento (en)")
    assert marked["levels"][0] == "Línea facts (en): Good"
    assert marked["comment"] == "Va bien."
    assert papers(bruno, "es") + markings(bruno, "es") + lines(bruno, "es") == []
    assert [one.values for one in lines(ana, "es")] == [["1 escrito"]]


def test_what_was_written_goes_with_its_writer(ana, tomas, asked):
    read(a_paper(ana, asked), tomas, facts=2)

    erase_records(Leaver(person=ana, addresses=frozenset(), at=NOON))

    assert kept() == [("", [""])]
    assert Marking.objects.get().levels["facts"] == 2


def test_what_was_written_goes_when_its_time_is_over(ana, bruno, tomas, asked):
    read(a_paper(ana, asked), tomas)
    enrolment = EnrolmentFactory(learner=bruno, edition=asked.edition)
    actions.save_draft(enrolment, text="Borrador", language="es", at=NOON)

    for moment, left in (
        (NOON + REASON_DRAFTS_KEPT - SECOND, [(TEXT, ["Va bien."]), ("Borrador", [])]),
        (NOON + REASONS_KEPT - SECOND, [(TEXT, ["Va bien."])]),
        (NOON + REASONS_KEPT, [("", [""])]),
    ):
        with time_machine.travel(moment, tick=False):
            forget_reasons.call()
        assert sorted(kept(), reverse=True) == sorted(left, reverse=True)


def test_markings_move_with_an_account_but_for_those_of_ones_own(
    ana, bruno, tomas, asked
):
    read(a_paper(ana, asked), tomas)
    facts = {"gone": ana, "by": bruno, "at": NOON}

    assert move_markings(Merging(kept=tomas, **facts)) == 0
    assert move_markings(Merging(kept=bruno, **facts)) == 1
    assert Marking.objects.get().author == bruno
