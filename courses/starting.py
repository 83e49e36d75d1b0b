"""What is the course called that somebody is about to start, and is it open?"""

from uuid import UUID

from django.utils.translation import get_language

from courses.addresses import live_pages
from courses.models import Course, Edition
from lms.people.starts import Start


def start_of(course: UUID) -> Start | None:
    """Return the course in the language of the screen; None where there is none."""
    if not Course.objects.filter(pk=course).exists():
        return None
    page = live_pages([course], language=get_language()).get(course)
    is_open = Edition.objects.filter(course=course).current().exists()
    return Start(page.title if page else "", is_open=is_open and page is not None)
