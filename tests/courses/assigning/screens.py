"""Who looks at a screen of assignments, and what is read on it."""

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags


def browser(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    if person:
        client.force_login(person)
    return client


def words(answer) -> str:
    """Return what is read in the main part of a page."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main.replace("<", " <")).split())


def courses_of(cohort, *rest) -> str:
    return (
        "/".join(["/en/team/cohorts", str(cohort.uuid), "courses", *map(str, rest)])
        + "/"
    )


def queries_of(client, path) -> int:
    client.get(path)  # what is kept for a while is there
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
