"""Video and audio are taken, within a weight, and handed out in parts."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document

from lms.web.recordings import HEAVIEST, span_of


def upload(client, name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    fields = {"title": "Grabación", "file": file}
    return client.post(
        reverse("wagtaildocs:add"), fields, headers={"accept-language": "en"}
    )


@pytest.mark.parametrize("name", ["a.mp4", "a.mp3", "a.vtt"])
def test_recordings_and_captions_are_taken(client, admin, name):
    client.force_login(admin)

    answer = upload(client, name, b"WEBVTT")

    assert answer.status_code == 302
    assert Document.objects.get().file_size == 6


def test_a_recording_that_is_too_heavy_is_refused_with_its_weight(client, admin):
    client.force_login(admin)

    answer = upload(client, "a.mp4", b"0" * (HEAVIEST + 1))

    assert "It may weigh 10.0" in answer.text
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("header", "status", "content"),
    [
        ("", 200, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=10-", 416, b""),
    ],
)
def test_a_recording_is_handed_out_in_parts(client, db, header, status, content):
    file = ContentFile(b"0123456789", name="a.mp4")
    document = Document.objects.create(title="Grabación", file=file)

    answer = client.get(document.url, headers={"range": header} if header else {})

    assert answer.status_code == status
    assert answer.content == content
    if status == 206:
        assert answer.headers["Content-Range"].startswith("bytes ")
    if content:
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers["Content-Type"] == "video/mp4"
        assert answer.headers["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    "header", ["bytes=5-3", "bytes=-", "lines=1-2", "bytes=1-2,4-5"]
)
def test_what_is_not_understood_is_answered_whole(header):
    assert span_of(header, size=10) == (0, 9)
