"""A missing file is a sentence for its reader and a letter for administrators."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image

from lms.mail.models import Letter
from lms.mail.troubles import DOCUMENT_MISSING, PICTURE_MISSING
from lms.queue.periodic import REGISTER
from lms.web.files import FileMissing, look_for, opened, size_of
from lms.web.tasks import look_for_uploads
from tests.lms.web.test_pictures import photo
from tests.lms.web.test_uploads import folder  # noqa: F401 - a fixture: on a disk

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return Document.objects.create(
        title="Acta", file=ContentFile(b"%PDF-1.7 acta", name="acta.pdf")
    )


@pytest.fixture
def lost(document):
    document.file.storage.delete(document.file.name)
    return document


def told():
    return list(Letter.objects.values_list("facts__kind", flat=True))


def test_document_that_is_missing_is_a_sentence_and_told_once(client, lost, admin):
    answers = [client.get(lost.url) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [503, 503]
    assert answers[0].templates[0].name == "errors/file_missing.html"
    assert "No encontramos este archivo" in answers[0].text
    assert told() == [DOCUMENT_MISSING]


def test_document_that_is_there_is_handed_out(client, document, admin):
    answer = client.get(document.url)

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 acta"
    assert told() == []


def test_other_failures_stay_failures(client, settings):
    settings.ROOT_URLCONF = "tests.lms.web.failing_urls"
    client.raise_request_exception = False

    assert client.get("/fail/500").status_code == 500


def test_missing_file_is_neither_opened_nor_measured(lost, admin):
    storage, name = lost.file.storage, lost.file.name

    for ask in (opened, look_for):
        with pytest.raises(FileMissing) as error:
            ask(storage, name, missing=DOCUMENT_MISSING)
        assert error.value.kind == DOCUMENT_MISSING
    assert size_of(lost.file, missing=DOCUMENT_MISSING) is None
    assert told() == [DOCUMENT_MISSING]


def test_file_that_is_there_is_opened_and_measured(document):
    file = document.file

    look_for(file.storage, file.name, missing=DOCUMENT_MISSING)
    with opened(file.storage, file.name, missing=DOCUMENT_MISSING) as content:
        assert content.read() == b"%PDF-1.7 acta"
    assert size_of(file, missing=DOCUMENT_MISSING) == 13


def test_files_of_pages_are_looked_for_every_day(document, admin):
    picture = Image.objects.create(
        title="Foto", file=ContentFile(photo(), name="foto.jpg")
    )
    look_for_uploads.func()
    assert told() == []

    for upload in (document, picture):
        upload.file.storage.delete(upload.file.name)
    look_for_uploads.func()

    assert sorted(told()) == [DOCUMENT_MISSING, PICTURE_MISSING]
    assert REGISTER["look for the files of pages"].every == timedelta(days=1)
