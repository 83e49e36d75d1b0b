"""A worker finds an uploaded file with its words for the search, or not at all."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import post_save
from PIL import Image as Pillow
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image

from tests.factories import listening


def a_picture() -> bytes:
    content = io.BytesIO()
    Pillow.new("RGB", (4, 4)).save(content, "PNG")
    return content.getvalue()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("model", "form", "name", "content"),
    [
        (Document, get_document_form, "a.csv", lambda: b"a,b"),
        (Image, get_image_form, "a.png", a_picture),
    ],
)
def test_a_file_is_there_with_all_that_is_written_about_it(model, form, name, content):
    seen = []

    def look(**_more):
        seen.append(connection.in_atomic_block)

    with listening(post_save, model, look):
        kept = form(model)(
            {"title": "Uno", "tags": ""},
            {"file": SimpleUploadedFile(name, content())},
            instance=model(),
        )
        kept.fields.pop("collection", None)
        assert kept.is_valid(), kept.errors
        kept.save()

    assert seen == [True]
