"""The command does what the screen does, within the sight of whoever it acts for."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lms.models import Cohort, Invitation, RosterCheck
from tests.factories import CohortFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST = "correo,nombre,institución\nnadie@example.org,Nadie,Corte X\nmal,Otra,\n"


@pytest.fixture
def cohort(tomas):
    tomas.language = "en"
    tomas.save()
    return Cohort.objects.get()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "lista.csv"
    path.write_text(LIST)
    return str(path)


def run(cohort, *paths, viewer="tomas@example.org", **options):
    out = StringIO()
    call_command(
        "import_people", str(cohort), *paths, viewer=viewer, stdout=out, **options
    )
    return out.getvalue()


@pytest.mark.parametrize("by", ["uuid", "name"])
def test_the_report_is_printed_and_nothing_stored(cohort, path, by):
    assert run(getattr(cohort, by), path) == (
        "1 new, 0 already here, 1 with errors, 0 twice\n"
        "3: This is no complete e-mail. Correct it: name@institution.org, without "
        "spaces or accents.\n"
        "2: “Corte X” is not in the list of institutions: it is kept as typed.\n"
    )
    assert not Invitation.objects.exists()
    assert not RosterCheck.objects.exists()


def test_accepted_it_invites(cohort, path):
    printed = run(cohort.uuid, path, accept=True)

    assert printed.endswith("1 invitation is on its way.\n")
    assert Invitation.objects.get().address == "nadie@example.org"


def test_the_report_is_printed_as_json(cohort, path):
    told = json.loads(run(cohort.uuid, path, accept=True, json=True))

    assert told["invitations"] == 1
    assert [row["address"] for row in told["new"]] == ["nadie@example.org"]
    assert told["errors"][0]["sentence"] == "This is no complete e-mail."


def test_a_list_without_anybody_new_is_accepted_with_nothing(cohort, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_text("correo\nana@example.org\n")

    assert run(cohort.uuid, str(path), accept=True).startswith("0 new, 1 already here")


def why_not(cohort, *paths, **options):
    with pytest.raises(CommandError) as raised:
        run(cohort, *paths, **options)
    assert not Invitation.objects.exists()
    return str(raised.value)


def test_it_sees_no_more_than_that_person_does(cohort, path):
    rosa = PersonFactory(email="rosa@example.org")
    MandateFactory(holder=rosa, role="trainer")

    assert why_not(cohort.uuid, path, viewer="rosa@example.org", accept=True) == (
        "That person trains no such cohort."
    )
    assert why_not(cohort.uuid, path, viewer="x@example.org") == (
        "Nobody signs in with that e-mail."
    )


def test_two_cohorts_of_one_name_are_told_apart_by_uuid(cohort, path, tomas):
    CohortFactory(name=cohort.name, trainers=[tomas])

    assert "give the uuid" in why_not(cohort.name, path)


def test_refusals_are_sentences(cohort, path, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")

    assert why_not(cohort.uuid, str(tmp_path / "x.pdf")).startswith("This is a PDF")
    assert why_not(cohort.uuid, str(tmp_path / "none")).startswith("Cannot open")
    Cohort.objects.update(archived_at=timezone.now())
    assert why_not(cohort.uuid, path).startswith("The cohort is archived")
