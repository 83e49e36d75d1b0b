"""Pictures and documents stay, and say no more who uploaded them."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import ModelLogEntry
from wagtail.search import index

from certificates.erase_drill import stored_words
from lms.people.actions import erase


def drawn():
    made = BytesIO()
    Drawing.new("RGB", (20, 20)).save(made, "PNG")
    return made


@pytest.fixture
def uploads(ana, at):
    """Return a picture and a document of Ana's, named after her."""
    named = {"title": "zq-title", "uploaded_by_user": ana}
    picture = Image.objects.create(file=ImageFile(drawn(), "zq-foto.PNG"), **named)
    document = Document.objects.create(
        file=ContentFile(b"text", "zq-document.txt"), **named
    )
    for one in (picture, document):
        ModelLogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(one),
            object_id=str(one.pk),
            label="zq-title",
            action="wagtail.create",
            timestamp=at,
            uuid=uuid4(),
        )
    picture.renditions.create(
        filter_spec="width-10",
        focal_point_key="",
        file=ImageFile(drawn(), "zq-foto.width-10.png"),
    )
    return picture, document


def test_titles_and_names_of_files_go_with_the_person_and_the_files_stay(
    uploads, ana, at, django_capture_on_commit_callbacks
):
    old = [one.file.name for one in (*uploads, *uploads[0].renditions.all())]
    assert "zq-title" in stored_words()

    with django_capture_on_commit_callbacks(execute=True):
        erase(ana, by=None, at=at)

    assert "zq-" not in stored_words()
    picture, document = Image.objects.get(), Document.objects.get()
    assert (picture.title, document.title) == ("—", "—")
    assert picture.file.read() == drawn().getvalue()
    assert document.file.read() == b"text"
    assert not any(map(default_storage.exists, old))
    assert not picture.renditions.exists()


def test_nobody_finds_them_by_their_former_titles(uploads, ana, at):
    for one in uploads:
        index.insert_or_update_object(one)
    kinds = [type(one).objects for one in uploads]
    assert [len(kind.search("title")) for kind in kinds] == [1, 1]

    erase(ana, by=None, at=at)

    assert [len(kind.search("title")) for kind in kinds] == [0, 0]


def test_file_that_is_lost_keeps_no_erasure_from_going_on(uploads, ana, at):
    for one in uploads:
        default_storage.delete(one.file.name)

    erase(ana, by=None, at=at)

    assert "zq-" not in stored_words()


def test_uploads_of_others_keep_their_titles(uploads, bruno, at):
    erase(bruno, by=None, at=at)

    kept = Image.objects.get(), Document.objects.get()
    assert [one.title for one in kept] == ["zq-title", "zq-title"]
