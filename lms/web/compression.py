"""Pages go out compressed: on a poor line their size is what people wait for."""

import re
import zlib
from secrets import randbelow, token_hex

import brotli
from django.utils.cache import patch_vary_headers

SHORT = 500  # bytes that are not worth it
ACCEPTED = re.compile(r"\b(br|gzip)\b(?!;\s*q=0(?:\.0*)?\s*(?:,|$))")
# A tenth of a millisecond more than the quickest; beyond, hardly a byte is won.
BROTLI, GZIP = 5, 5
GZIP_FRAME = 31
PADDING = 32  # pairs of digits


class Compressed:
    """Compresses pages in the best way that the browser names."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_a_page(response):
            patch_vary_headers(response, ("Accept-Encoding",))
            accepted = ACCEPTED.findall(request.META.get("HTTP_ACCEPT_ENCODING", ""))
            if accepted:
                compress(response, brotli_too="br" in accepted)
        return response


def is_a_page(response) -> bool:
    return (
        response.headers.get("Content-Type", "").startswith("text/html")
        and not response.streaming
        and len(response.content) > SHORT
        and not response.has_header("Content-Encoding")
    )


def compress(response, *, brotli_too: bool) -> None:
    """Compress a page to a size that tells nothing of what it holds (BREACH).

    What comes after the page is of random length, so that nobody who listens learns
    from the size whether a guess stands beside its like on the page.
    """
    content = response.content + f"<!--{token_hex(randbelow(PADDING))}-->".encode()
    if brotli_too:
        response.content = brotli.compress(content, quality=BROTLI)
    else:
        packer = zlib.compressobj(GZIP, wbits=GZIP_FRAME)
        response.content = packer.compress(content) + packer.flush()
    response.headers["Content-Encoding"] = "br" if brotli_too else "gzip"
    response.headers["Content-Length"] = str(len(response.content))
