"""The demo's mailbox on screen: every message that Campus would have sent."""

from django.http import Http404
from django.shortcuts import render

from lms.mail import box


def mailbox(request):
    return render(request, "mail/mailbox.html", {"letters": box.letters()})


def message(request, name):
    letter = box.letter(name)
    if letter is None:
        raise Http404
    return render(request, "mail/message.html", {"letter": letter})
