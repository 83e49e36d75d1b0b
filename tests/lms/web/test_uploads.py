"""Pictures stand where everybody finds them; documents are asked for at our address."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils.module_loading import import_string
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction

from lms.settings import base
from tests.lms.web.test_pictures import MARK, photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Files on a disk, where they stand in earnest."""
    settings.STATE_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    private = base.STORAGES["private"] | {
        "OPTIONS": {"location": tmp_path / "private", "base_url": None}
    }
    settings.STORAGES = settings.STORAGES | {
        "default": base.STORAGES["default"],
        "private": private,
    }
    return tmp_path


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    )


def closed_document():
    collection = Collection.get_first_root_node().add_child(name="Cerrada")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return Document.objects.create(
        title="Acta",
        collection=collection,
        file=ContentFile(b"%PDF-1.7 acta", name="acta.pdf"),
    )


def test_documents_stand_outside_of_the_public_folder(folder):
    document = closed_document()
    Image.objects.create(title="Foto", file=ContentFile(photo(), name="foto.jpg"))

    assert files(folder) == [
        "media/original_images/foto.jpg",
        "private/documents/acta.pdf",
    ]
    with pytest.raises(NotImplementedError):
        _address = document.file.url


def test_document_of_a_closed_collection_opens_for_who_may_read_it(client, ana):
    document = closed_document()

    stranger = client.get(document.url)
    client.force_login(ana)
    answer = client.get(document.url)

    assert stranger.status_code == 302
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 acta"
    assert (answer["Content-Disposition"][:6], answer.status_code) == ("inline", 200)


def test_document_is_deleted_where_it_stands(folder):
    """By Wagtail's task, which makes the storage anew from what it is told."""
    made_anew, arguments, named = default_storage.deconstruct()
    document = closed_document()

    import_string(made_anew)(*arguments, **named).delete(document.file.name)

    assert files(folder) == []


def test_no_name_leads_from_one_folder_to_the_other(folder):
    closed_document()

    for name in ("images/../../private/documents/acta.pdf", "../media/x"):
        with pytest.raises(Exception, match="outside of the base path"):
            default_storage.path(name)


def test_only_what_begins_with_their_folders_is_a_picture_for_everybody(folder):
    default_storage.save("documents/images/acta.pdf", ContentFile(b"%PDF-1.7"))

    assert files(folder) == ["private/documents/images/acta.pdf"]


def test_files_from_before_are_brought_under_the_rules(folder, settings):
    picture = Image.objects.create(
        title="Foto", file=ContentFile(photo(), name="foto.jpg")
    )
    before = folder / "media" / picture.file.name
    before.write_bytes(photo())
    smaller = {"filter_spec": "width-10", "width": 10, "height": 20}
    picture.renditions.create(file="images/foto.width-10.jpg", **smaller)
    # As they were reckoned before: how the picture was held was not looked at.
    Image.objects.update(width=40, height=20, file_size=1)
    lost = Image.objects.create(
        title="Perdida", file=ContentFile(photo(), name="a.jpg")
    )
    default_storage.delete(lost.file.name)
    document = closed_document()
    once = folder / "media" / document.file.name
    once.parent.mkdir()
    Path(document.file.path).rename(once)
    once.chmod(0o644)

    call_command("guard_files", verbosity=0)

    picture.refresh_from_db()
    assert files(folder) == [
        "media/original_images/foto.jpg",
        "private/documents/acta.pdf",
    ]
    assert MARK not in before.read_bytes()
    assert (picture.width, picture.height) == (20, 40)
    assert picture.file_size == before.stat().st_size
    assert not picture.renditions.exists()
    assert {path.stat().st_mode & 0o027 for path in folder.rglob("*")} == {0}
    kept = before.stat().st_mtime_ns
    call_command("guard_files", verbosity=0)
    assert before.stat().st_mtime_ns == kept
