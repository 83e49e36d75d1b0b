"""Taking files and texts of any length, to answer in a sentence that one is too long.

Django's own answer is a page for machines; and what it takes it would keep on the disk.
"""

from functools import wraps

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from lms.team.roster.findings import Finding, found
from lms.team.roster.rules import MOST_BYTES

TOO_BIG = found("too-big", megabytes=MOST_BYTES // 1024 // 1024)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class UpToALimit(FileUploadHandler):
    """Lets files pass up to a size in all; of what is beyond nothing is kept."""

    def __init__(self, request):
        super().__init__(request)
        self.size = 0

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        if self.size > MOST_BYTES:
            self.request.unread = TOO_BIG
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


def takes_lists(view):
    """Let a view take files; `request.unread` is why something did not arrive, or None.

    A form so wrong that its fields are lost has lost the token against forgery too: the
    view answers it with a sentence and must do nothing else.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def enter(request, *args, **kwargs):
        request.unread = None
        request.upload_handlers.insert(0, UpToALimit(request))
        if lost := _lost(request):
            request.unread = lost
            return view(request, *args, **kwargs)
        return protected(request, *args, **kwargs)

    return enter


def _lost(request) -> Finding | None:
    """Read the form; return why its fields are lost, if they are."""
    try:
        request.POST  # noqa: B018 - read once, here
    except TOO_MUCH:
        return TOO_BIG
    except (MultiPartParserError, UnreadablePostError):
        return found("upload-broken")
    return None
