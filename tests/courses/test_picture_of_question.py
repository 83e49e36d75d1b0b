"""A picture above a question: chosen, told in words, and frozen with its version."""

from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from courses.editors import ensure_editors
from courses.models import QuestionVersion
from courses.questions.interchange.documents import brought_of
from courses.questions.pictures import MOST_BYTES, picture_of
from lms.backup.files import named
from tests.courses.test_viewsets import form_of, latest
from tests.factories import PersonFactory, document, make_question

# Wagtail leaves the file of a thumbnail to the collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Unclosed file <tempfile:ResourceWarning"
)


@pytest.fixture
def elena(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    return elena


def a_picture(colour="white") -> Image:
    file = get_test_image_file("respuesta-b.png", size=(900, 600), colour=colour)
    return Image.objects.create(title="Pasaporte", file=file)


def test_a_picture_needs_words_and_stays_with_its_version(client, elena):
    question, image = make_question(uuid4(), kind="single"), a_picture()
    address = reverse("question:edit", args=[question.pk])
    form = form_of(client.get(address)) | {"picture": image.pk, "alt_es": "Un mapa"}

    refused = client.post(address, form, headers={"accept-language": "en"})
    why = str(refused.context["form"].errors["__all__"])
    client.post(address, form | {"alt_en": "A map"})

    assert "Say in every language" in why
    kept = latest(question).document["picture"]
    assert (kept["width"], kept["alt"]) == (720, {"es": "Un mapa", "en": "A map"})
    assert default_storage.size(kept["file"]) <= MOST_BYTES
    assert "respuesta" not in kept["file"]
    assert f"media/{kept['file']}" in named()

    image.delete()
    client.post(address, form_of(client.get(address)) | {"stem_es": "Otra"})

    assert latest(question).document["picture"] == kept
    shown = client.get(reverse("preview_question", args=[question.pk])).text
    assert f'src="/media/{kept["file"]}" alt="Un mapa" width="720"' in shown
    assert "Un mapa" in client.get(reverse("question:inspect", args=[question.pk])).text


def test_a_picture_is_taken_away_and_another_makes_a_version(client, elena):
    question, first, second = make_question(uuid4()), a_picture(), a_picture("red")
    address = reverse("question:edit", args=[question.pk])
    alt = {"alt_es": "Un mapa", "alt_en": "A map"}
    form = form_of(client.get(address)) | alt

    for picture in (first.pk, first.pk, second.pk, ""):
        client.post(address, form | {"picture": picture})

    documents = QuestionVersion.objects.order_by("number").values_list(
        "document", flat=True
    )
    files = [one.get("picture", {}).get("file") for one in documents]
    assert len(files) == 4
    assert files[0] is files[3] is None
    assert len({*files}) == 3


def test_a_picture_is_seen_and_told_in_both_languages():
    said = {"image": 1, "file": "questions/x.webp", "width": 720, "height": 480}
    asked = document() | {"picture": said | {"alt": {"es": "Un mapa", "en": "A map"}}}

    assert picture_of(document(), "es") is None
    assert [picture_of(asked, code).alt for code in ("es", "en")] == [
        "Un mapa",
        "A map",
    ]


def test_no_file_takes_a_question_along_without_its_picture():
    written = document("single")
    assert brought_of(written, name="C1")

    assert brought_of(written | {"picture": {"file": "x"}}, name="C1") is None
