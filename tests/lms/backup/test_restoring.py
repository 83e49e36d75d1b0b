"""What was backed up is there again elsewhere, whole, and sends no mail by itself."""

import json
from dataclasses import replace
from io import StringIO
from stat import S_IMODE

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lms.audit.actions import record_event, seal
from lms.audit.models import Event, EventSubject
from lms.backup import database, files
from lms.backup.archive import DATABASE, sealed
from lms.backup.proofs import rows_of_tables
from lms.backup.restoring import read
from lms.mail.held import mail_held, settle
from lms.mail.models import Installation, Letter
from lms.mail.outbox import letter_to, post
from lms.models import TypedForm, User
from lms.people.actions import erase
from tests.factories import PersonFactory
from tests.lms.backup.conftest import KEY

THIS = MigrationRecorder.Migration
NAMES = ["certificates/one.pdf"]


def names():
    """Return what rows of an upper floor would name."""
    return NAMES


@pytest.fixture
def ana(here, at):
    """Ana, of whom the log tells, with a letter that waits and a file."""
    person = PersonFactory(email="ana@example.org", legal_name="Ana Lucía Ruiz Morales")
    look(person, at)
    seal(at=at)
    post([letter_to(person, event="test:1", template="account_unused", at=at)])
    storages["private"].save("certificates/one.pdf", ContentFile(b"%PDF one"))
    (here / "media" / "images").mkdir(parents=True)
    (here / "media" / "images" / "a.png").write_bytes(b"png")
    return person


def look(person, at):
    kind = Event.Kind.LOOK
    record_event(kind, actor=None, purpose="test", subjects=[person], at=at)


def run(command, *arguments, **options):
    """Return what a command says and whether it ended well."""
    out = StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out, **options)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def why_not(command, *arguments, **options):
    with pytest.raises(CommandError) as refused:
        run(command, *arguments, **options)
    return str(refused.value)


def test_all_of_it_is_there_again(ana, at, archive, elsewhere):
    ended, said = run("backup", out=archive)
    rows = database.counts()

    assert (ended, said.split(": ")[0]) == (0, str(archive))
    assert S_IMODE(archive.stat().st_mode) == 0o600
    with elsewhere() as folder:
        ended, said = run("restore", archive, json=True)
        told = json.loads(said)

        assert (ended, told["held"], told["migrated"]) == (0, True, False)
        assert {p["what"]: len(p["flaws"]) for p in told["proofs"]} == {
            "tables": 0,
            "seals of the audit log": 0,
            "files that rows name": 0,
            "certificates, by their SHA-256": 0,
        }
        assert told["proofs"][0]["looked_at"] == len(rows)
        assert told["proofs"][1]["looked_at"] == 1
        assert User.objects.get().legal_name == "Ana Lucía Ruiz Morales"
        assert Letter.objects.waiting().count() == 1
        one, png = "private/certificates/one.pdf", "media/images/a.png"
        assert (folder / one).read_bytes() == b"%PDF one"
        assert (folder / png).read_bytes() == b"png"
        assert mail_held(at)


def test_what_is_said_ends_with_what_is_left_to_do(ana, archive, elsewhere):
    run("backup", out=archive)

    with elsewhere():
        ended, said = run("restore", archive)

    assert ended == 0
    assert "files that rows name: 0, 0 wrong\n" in said
    assert "Whoever was erased after that moment is back" in said
    assert said.endswith("then `manage.py release_mail`.\n")


def test_files_of_rows_are_looked_for(ana, archive, elsewhere, monkeypatch):
    monkeypatch.setattr(files, "REGISTER", [(f"{__name__}.names", "private")])

    assert run("backup", out=archive)[0] == 0

    with elsewhere():
        told = json.loads(run("restore", archive, json=True)[1])
        assert told["proofs"][2] == {
            "what": "files that rows name",
            "looked_at": 1,
            "flaws": [],
        }


def test_file_that_is_missing_already_is_told(ana, archive, elsewhere, monkeypatch):
    monkeypatch.setattr(files, "REGISTER", [(f"{__name__}.names", "private")])
    storages["private"].delete("certificates/one.pdf")

    ended, said = run("backup", out=archive)

    assert ended == 1
    assert "A row names private/certificates/one.pdf, which is not there." in said
    with elsewhere():
        assert run("restore", archive)[0] == 0


def test_nothing_is_written_over(ana, archive, elsewhere):
    archive.write_bytes(b"another backup")

    assert why_not("backup", out=archive) == (
        f"{archive} is there already: name another file."
    )
    assert archive.read_bytes() == b"another backup"


@pytest.mark.parametrize("folder", ["private", "media"])
def test_archive_is_no_part_of_itself(ana, here, folder):
    out = here / folder / "campus.backup"

    assert why_not("backup", out=out) == (
        f"{out} is among the files to back up: name another folder."
    )
    assert not out.exists()


def test_neither_people_nor_files_are_written_over(ana, archive, elsewhere):
    run("backup", out=archive)

    assert why_not("restore", archive).startswith("There are people in this database")
    with elsewhere() as folder:
        (folder / "private").mkdir()
        (folder / "private" / "a.pdf").write_bytes(b"somebody's")
        assert why_not("restore", archive) == (
            "There are files in STATE_DIR already (private/a.pdf): restore into an "
            "empty one."
        )
        assert database.tables() == []


@pytest.mark.parametrize("spoil", ["cut", "changed", "other key", "no archive"])
def test_archive_that_is_not_whole_changes_nothing(
    ana, archive, elsewhere, settings, spoil
):
    run("backup", out=archive)
    whole = archive.read_bytes()
    if spoil == "cut":
        archive.write_bytes(whole[:-20_000])
    if spoil == "changed":
        archive.write_bytes(whole[:-20_000] + b"x" + whole[-19_999:])
    if spoil == "other key":
        settings.BACKUP_KEY = KEY[::-1]
    if spoil == "no archive":
        archive.write_bytes(b"SQLite format 3")

    with elsewhere() as folder:
        assert why_not("restore", archive).startswith("The archive is damaged")
        assert database.tables() == []
        assert not (folder / "private").exists()


def test_archive_that_is_not_there_is_told(here, elsewhere):
    with elsewhere():
        assert why_not("restore", "none.backup").startswith("Cannot open none.backup")


def test_archive_of_another_engine_is_refused(ana, archive, elsewhere):
    dump = archive.with_name("dump")
    dump.write_bytes(b"rows")
    run("backup", out=archive)
    other = archive.with_name("other.backup")
    with sealed(other, secret=KEY) as written, dump.open("rb") as file:
        written.add(DATABASE, file)
        manifest = replace(read(archive, secret=KEY), engine="oracle")
        written.finish(replace(manifest, members=written.members))

    with elsewhere():
        assert why_not("restore", other).startswith(
            "The archive holds a database of oracle, and DATABASE_URL names one of "
        )
        assert database.tables() == []


def test_archive_of_a_newer_campus_is_refused(ana, archive, elsewhere):
    THIS.objects.create(app="lms", name="9999_to_come")

    run("backup", out=archive)

    with elsewhere():
        assert why_not("restore", archive) == (
            "The archive is of a newer Campus than this one: install that first. "
            "Unknown here: lms.9999_to_come."
        )
        assert database.tables() == []


def test_archive_of_an_older_campus_is_migrated(ana, at, archive, elsewhere):
    """One from before it was known what a copy is: its mail is held as well."""
    with connection.schema_editor() as editor:
        editor.delete_model(TypedForm)
        editor.delete_model(Installation)
    THIS.objects.filter(app="lms", name__gte="0013").delete()

    run("backup", out=archive)

    with elsewhere():
        ended, said = run("restore", archive)
        assert ended == 0
        assert "It was of an older Campus and was migrated." in said
        assert User.objects.get().email == "ana@example.org"
        assert mail_held(at)


def test_log_that_was_changed_is_told(ana, at, archive, elsewhere):
    look(ana, at)
    seal(at=at)
    EventSubject.objects.all()._raw_delete(connection.alias)

    run("backup", out=archive)

    with elsewhere():
        ended, said = run("restore", archive)
        assert ended == 1
        assert "or the list of people it is about, was changed." in said


def test_tables_that_differ_are_told(ana, archive):
    run("backup", out=archive)
    manifest = read(archive, secret=KEY)
    PersonFactory()

    (flaw,) = [f for f in rows_of_tables(manifest).flaws if f.startswith("lms_user:")]

    assert flaw == "lms_user: 2 rows, and 1 backed up."


def test_whoever_was_erased_since_is_erased_again(ana, at, archive, elsewhere):
    gone = PersonFactory(email="gone@example.org")
    run("backup", out=archive)
    erase(gone, by=None, at=at)
    newer = archive.with_name("newer.backup")
    run("backup", out=newer)

    with elsewhere():
        ended, said = run("restore", archive, newer=newer)

        assert (ended, "1 people were erased again." in said) == (0, True)
        assert User.objects.get(pk=gone.pk).erased_at is not None
        assert User.objects.get(pk=ana.pk).erased_at is None


def test_copy_knows_another_folder_than_its_own(ana, at, archive, elsewhere):
    settle(at=at)
    assert mail_held(at) is None

    run("backup", out=archive)

    with elsewhere():
        run("restore", archive)
        settle(at=at)
        assert mail_held(at)
    assert mail_held(at) is None


def test_backup_leaves_nothing_readable_behind(ana, here, archive):
    before = sorted(here.rglob("*"))

    run("backup", out=archive)

    assert sorted(here.rglob("*")) == before
    assert b"Ana Luc" not in archive.read_bytes()
