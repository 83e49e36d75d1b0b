"""Pages go out compressed, in the way that the browser names."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from lms.web.compression import SHORT, Compressed

PAGE = "<!doctype html><p>La duda se resuelve a favor de la niñez.</p>" * 20
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


def answered(response, accepted="gzip, deflate, br"):
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    return Compressed(lambda _request: response)(request)


@pytest.mark.parametrize(
    ("accepted", "how"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=1.0", "gzip"),
        ("gzip;q=0.5, br;q=0.0", "gzip"),
        ("br;q=1.0", "br"),
    ],
)
def test_a_page_is_compressed_as_the_browser_accepts_it(accepted, how):
    answer = answered(HttpResponse(PAGE), accepted)

    assert answer["Content-Encoding"] == how
    assert answer["Content-Length"] == str(len(answer.content))
    assert UNPACK[how](answer.content).decode().startswith(f"{PAGE}<!--")
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "identity", "zstd", "br;q=0, gzip;q=0"])
def test_who_accepts_none_receives_the_page_as_it_is(accepted):
    answer = answered(HttpResponse(PAGE), accepted)

    assert answer.content.decode() == PAGE
    assert answer["Vary"] == "Accept-Encoding"
    assert not answer.has_header("Content-Encoding")


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("a" * SHORT),
        HttpResponse(PAGE, content_type="application/pdf"),
        HttpResponse(PAGE, headers={"Content-Encoding": "br"}),
        StreamingHttpResponse([PAGE.encode()]),
    ],
    ids=["short", "no page", "compressed already", "in pieces"],
)
def test_what_is_no_plain_page_stays_as_it_is(response):
    answer = answered(response)

    assert b"<!--" not in b"".join(answer)
    assert not answer.has_header("Vary")


def test_the_size_of_a_page_is_never_quite_the_same():
    sizes = {len(answered(HttpResponse(PAGE)).content) for _time in range(30)}

    assert len(sizes) > 5
