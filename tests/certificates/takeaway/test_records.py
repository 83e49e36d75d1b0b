"""What is kept of whoever takes reports away, when accounts merge or are erased."""

import pytest
from django.core.files.base import ContentFile

from certificates.models import ReportFile, SavedReport, ScheduleRecipient
from certificates.takeaway import keeping, records
from lms.people.records import Leaver, Merging
from tests.factories import MandateFactory, PersonFactory
from tests.posts.reports import a_report_file, a_saved_report


@pytest.fixture
def other(judiciary):
    person = PersonFactory(legal_name="Inés Barrios")
    MandateFactory(holder=person, institution=judiciary)
    return person


@pytest.fixture
def merging(ines, other, admin, at):
    return Merging(kept=ines, gone=other, by=admin, at=at)


def test_files_go_with_whoever_is_erased(ines, at):
    a_report_file(ines)

    records.erase_files(Leaver(ines, frozenset(), at))

    assert ReportFile.objects.count() == 0
    assert keeping.names() == []


def test_saved_reports_move_unless_their_name_is_taken(ines, other, merging):
    a_saved_report(ines)
    a_saved_report(other)
    own = SavedReport.objects.create(
        owner=other, mandate=other.mandates.get(), name="Otro", made_at=merging.at
    )

    assert records.move_saved(merging) == 1

    names = SavedReport.objects.order_by("name").values_list("name", "owner")
    assert list(names) == [("Guardado", ines.pk), ("Otro", ines.pk)]
    assert own.pk in SavedReport.objects.own(ines).values_list("pk", flat=True)


def test_what_both_get_comes_once(ines, other, merging):
    report = a_saved_report(ines)
    shared = report.schedules.get()
    ScheduleRecipient.objects.create(schedule=shared, person=other)
    alone = a_saved_report(other).schedules.get()

    assert records.move_received(merging) == 1

    rows = ScheduleRecipient.objects.values_list("schedule", "person")
    assert sorted(rows) == sorted([(shared.pk, ines.pk), (alone.pk, ines.pk)])


def test_a_file_elsewhere_stays(ines, other, at):
    keeping.storage().save("reports/other", ContentFile(b"x"))
    a_report_file(other)

    records.erase_files(Leaver(ines, frozenset(), at))

    assert ReportFile.objects.count() == 1
