"""An archive is whole or has no name, is its owner's alone, and leads nowhere else."""

import io
import tarfile
from dataclasses import replace
from stat import S_IMODE

import pytest

from lms.backup.archive import (
    DATABASE,
    Archive,
    Manifest,
    contents,
    sealed,
    verified,
)
from lms.backup.refusing import NotDone, backup_key
from lms.backup.sealing import Spoiled
from tests.lms.backup.conftest import KEY

MANIFEST = Manifest(
    taken_at="2026-11-02T18:00:00+00:00",
    engine="sqlite",
    versions={},
    migrations=[],
    counts={"lms_user": 3},
    audit={"number": 0, "digest": "", "events": 0},
    erased=[],
)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source"
    path.write_bytes(b"rows")
    return path


def write(path, source, *names, **changed):
    with sealed(path, secret=KEY) as archive:
        for name in names:
            with source.open("rb") as file:
                archive.add(name, file)
        manifest = replace(MANIFEST, members=archive.members)
        archive.finish(replace(manifest, **changed))


def read(path):
    with path.open("rb") as file:
        return verified(file, secret=KEY)


def test_archive_is_read_as_it_was_written(tmp_path, source):
    path = tmp_path / "a.backup"

    write(path, source, DATABASE, "private/a/b.pdf")

    with path.open("rb") as file:
        found = {name: c.read() for name, c in contents(file, secret=KEY)}
    assert (found[DATABASE], found["private/a/b.pdf"]) == (b"rows", b"rows")
    assert read(path).counts == {"lms_user": 3}
    assert b"rows" not in path.read_bytes()


def test_archive_is_its_owners_alone(tmp_path, source):
    write(tmp_path / "a.backup", source, DATABASE)

    assert S_IMODE((tmp_path / "a.backup").stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.backup", "source"]


def test_half_an_archive_never_has_the_name(tmp_path, source):
    def fail():
        with sealed(tmp_path / "a.backup", secret=KEY) as archive:
            with source.open("rb") as file:
                archive.add(DATABASE, file)
            assert not (tmp_path / "a.backup").exists()
            (part,) = tmp_path.glob(".a.backup.*.part")
            assert S_IMODE(part.stat().st_mode) == 0o600
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert [p.name for p in tmp_path.iterdir()] == ["source"]


def test_archive_that_cannot_be_written_says_so(tmp_path, source):
    with pytest.raises(NotDone, match=r"Cannot write .*No such file"):
        write(tmp_path / "none" / "a.backup", source, DATABASE)


@pytest.mark.parametrize(
    "name",
    ["private/../../etc/passwd", "/etc/passwd", "../x", "var/x", "private", ""],
)
def test_archive_that_leads_elsewhere_is_refused(tmp_path, source, name):
    write(tmp_path / "a.backup", source, DATABASE, name)

    with pytest.raises(Spoiled):
        read(tmp_path / "a.backup")


@pytest.mark.parametrize("names", [[], ["private/a"], ["private/a", DATABASE]])
def test_archive_begins_with_the_database(tmp_path, source, names):
    write(tmp_path / "a.backup", source, *names)

    with pytest.raises(Spoiled):
        read(tmp_path / "a.backup")


def test_archive_whose_manifest_names_other_files_is_refused(tmp_path, source):
    write(tmp_path / "a.backup", source, DATABASE, "private/a", members=[])

    with pytest.raises(Spoiled):
        read(tmp_path / "a.backup")


def test_archive_without_a_manifest_is_refused(tmp_path, source):
    with (
        sealed(tmp_path / "a.backup", secret=KEY) as archive,
        source.open("rb") as file,
    ):
        archive.add(DATABASE, file)

    with pytest.raises(Spoiled):
        read(tmp_path / "a.backup")


def test_archive_forgets_what_it_has_passed_on(source):
    """However many files there are, what is known of each is a line."""
    with tarfile.open(fileobj=io.BytesIO(), mode="w|") as tar:
        archive = Archive(tar)
        for number in range(3):
            with source.open("rb") as file:
                archive.add(f"private/{number}", file)

        assert tar.members == []


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("", "Set BACKUP_KEY (32 characters or more)."),
        ("k" * 31, "Set BACKUP_KEY (32 characters or more)."),
        ("a" * 32, "BACKUP_KEY is another key of this installation as well"),
        ("m" * 32, "BACKUP_KEY is another key of this installation as well"),
    ],
)
def test_key_that_guards_nothing_is_refused(settings, key, sentence):
    settings.AUDIT_KEY, settings.MFA_KEYS = "a" * 32, ["other", "m" * 32]
    settings.BACKUP_KEY = key

    with pytest.raises(NotDone) as refused:
        backup_key()

    assert str(refused.value).startswith(sentence)


def test_key_of_its_own_is_taken(settings):
    settings.BACKUP_KEY = KEY

    assert backup_key() == KEY
