"""Learners for a bench: what the processes of its crew do."""

import logging
from http.cookies import SimpleCookie

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import actions
from courses.drills import finish, newcomer
from courses.models import Activity, Course, LessonPage
from lms.people.models import User

LANGUAGE = "es"


def learner() -> dict:
    """Return a learner of every course: their e-mail, and lessons to be read."""
    (uuid,) = newcomer()
    person = User.objects.get(uuid=uuid)
    for course in Course.objects.order_by("code"):
        actions.enrol(person, course=course, at=timezone.now())
    return {"email": person.email, "lessons": lessons()}


def lessons() -> list[dict]:
    """Return every lesson with its address and its revision, course by course."""
    pages = LessonPage.objects.live().filter(locale__language_code=LANGUAGE)
    kinds = {row.pk: row.course_id for row in Activity.objects.all()}
    return [
        {
            "activity": str(page.translation_key),
            "course": str(kinds[page.translation_key]),
            "revision": str(page.live_revision_id),
            "url": page.url_path.split("/", 2)[2],
        }
        for page in pages.order_by("path")
    ]


def reader() -> dict:
    """Return a learner of every course who has finished the first lesson of each."""
    found = learner()
    person = User.objects.get(email=found["email"])
    begun = {row["course"]: row["activity"] for row in reversed(found["lessons"])}
    for enrolment in person.enrolments.all():
        finish(str(enrolment.pk), begun[str(enrolment.course_id)])
    return found


def queries_of(requests: list[dict]) -> int:
    """Ask what a browser would, and count the queries of the last request."""
    logging.disable(logging.INFO)  # of this process, which ends with its answer
    client = Client()
    *earlier, last = requests
    for request in earlier:
        answer(client, **request)
    with CaptureQueriesContext(connection) as queries:
        answer(client, **last)
    return len(queries)


def answer(client: Client, *, path: str, cookies: dict, form: dict | None) -> None:
    client.cookies = SimpleCookie(cookies)
    if form is None:
        client.get(path)
    else:
        client.post(path, form)
