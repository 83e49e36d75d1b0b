"""Every address there is, and one more that shows people."""

from django.http import HttpResponse
from django.urls import path

from lms.people.gates import for_administrators, shows_people
from lms.urls import handler403, handler404, handler429, handler500  # noqa: F401 - Django asks for them
from lms.urls import urlpatterns as every_other

POSTED = []


@shows_people
def shown(request):
    if request.method == "POST":
        POSTED.append(request.POST.get("word"))
    return HttpResponse("people")


def plain(request):
    return HttpResponse("nobody else")


urlpatterns = [
    path("shown/", shown),
    path("plain/", plain),
    path("shown-to-administrators/", for_administrators(shown)),
    *every_other,
]
