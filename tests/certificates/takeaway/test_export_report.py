"""A command writes what its reader would see, once, or says why it does not."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from certificates.takeaway.making import note_export
from lms.audit.models import Event

pytestmark = pytest.mark.usefixtures("lines", "now")


def export(out, **options):
    said = StringIO()
    usual = {"viewer": "ines@example.org", "format": "json", "out": out}
    call_command("export_report", **usual | options, stdout=said)
    return said.getvalue()


def test_it_writes_what_its_reader_sees(ines, tmp_path):
    out = tmp_path / "report.json"

    said = export(out, columns="name,total", filter=["track=judge"], json=True)

    report = json.loads(out.read_text())
    assert report["rows"][1] == {"name": "Berta 1 Cruz", "total": 4}
    told = json.loads(said)
    assert (told["rows"], told["people"]) == (3, 3)
    assert told["filters"] == {"track": "judge"}
    (event,) = Event.objects.filter(kind=Event.Kind.EXPORT)
    assert event.actor == ines
    assert event.subjects.count() == 3
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_it_writes_csv_and_says_how_many_rows(ines, tmp_path):
    said = export(tmp_path / "report.csv", format="csv-plain")

    assert said == f"3 rows: {tmp_path / 'report.csv'}\n"
    assert (tmp_path / "report.csv").read_text().count("Berta") == 2


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"filter": ["password=x"]}, "No such filter"),
        ({"filter": ["course=gone"]}, "no está en la lista|is not in the list"),
        ({"columns": "password"}, "No such column"),
        ({"viewer": "ana@example.org"}, "mandat"),
        ({"viewer": "nobody@example.org"}, "Nobody signs in"),
    ],
)
def test_it_says_why_not(ines, tmp_path, options, why):
    with pytest.raises(CommandError, match=why):
        export(tmp_path / "report.json", **options)

    assert list(tmp_path.iterdir()) == []


def test_many_people_need_a_second_person_here_too(ines, tmp_path, settings):
    settings.REPORT_PEOPLE_LIMIT = 2

    with pytest.raises(CommandError, match="second person"):
        export(tmp_path / "report.json")


def test_people_of_the_same_day_count_here_too(ines, tmp_path, settings):
    settings.REPORT_PEOPLE_LIMIT = 3
    export(tmp_path / "first.json")
    note_export(ines, whom={ines.pk}, columns=["name"], at=timezone.now())

    with pytest.raises(CommandError, match="in one day"):
        export(tmp_path / "second.json")

    assert [path.name for path in tmp_path.iterdir()] == ["first.json"]


def test_a_folder_that_is_not_there_is_said(ines, tmp_path):
    with pytest.raises(CommandError, match="Cannot write"):
        export(tmp_path / "gone" / "report.json")
