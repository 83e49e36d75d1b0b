"""Who of the editors may do what: our addresses of their area, one by one.

The regional editor and a second one, who reviews what she writes, publish; a writer has
everything reviewed; the owner of a country's notes has a desk of her own and no way in.
"""

import re

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates.canary_drill import enter, entered
from courses.correcting.actions import propose_key
from courses.models import CoursePage, Edition, LessonPage, QuestionVersion
from tests.access.addresses import Address, a_note, addresses, filled
from tests.courses.reasoning.building import a_task
from tests.courses.words.wording import make_wording
from tests.factories import PersonFactory
from tests.posts.sweeping import undone

pytestmark = pytest.mark.django_db
GROUPS = {"second": "Moderators", "writer": "Editors"}
WHO = ("elena", "second", "writer", "olga")
LISTS = (
    r"admin/(question|countrynote|glossaryterm|wording|reasoningtask|edition|course"
    r"|activity)/"
)
# What a writer may open of ours: pages, and what is asked of them. The rest is for
# those who publish, and nothing for the owner of a country's notes.
OF_WRITERS = {
    "listing",
    "detail",
    "find",
    "action",  # answers everybody that nothing is changed there
    "admin/localize/page/<int:page_id>/convert_to_alias/",  # so does this one
    "page_in_the_bin",
    "page_checks",
    "course_checks",
    "model_course",
}
# What no editor does: facts are only read, and of lists only wordings are deleted.
OF_NOBODY = re.compile(
    r"admin/((edition|course|activity)/(new|edit|delete|history|usage)"
    r"|question/(new|delete)|(countrynote|glossaryterm|reasoningtask)/delete)"
)


def ours() -> list[Address]:
    """Return our addresses of the area, and Wagtail's of our lists."""
    found = []
    for one in addresses():
        view = one.pattern.callback
        module = getattr(view, "view_class", view).__module__
        is_ours = module.startswith(("courses.", "certificates."))
        if one.route.startswith("admin/") and (is_ours or re.match(LISTS, one.route)):
            found.append(one)
    return found


@pytest.fixture
def browsers(people) -> dict[str, Client]:
    found = {who: entered(who) for who in ("elena", "olga")}
    for who, group in GROUPS.items():
        person = PersonFactory(email=f"{who}@example.org")
        person.groups.add(Group.objects.get(name=group))
        found[who] = Client(raise_request_exception=False)
        enter(found[who], person)
    return found


@pytest.fixture
def things(people) -> dict[str, object]:
    """Return one of each thing that an address of the editors names."""
    now = timezone.now()
    final = Edition.objects.first().activities.get(activity__kind="final").activity
    version = QuestionVersion.objects.get(question__code="C1-F-single")
    correction = propose_key(
        version, correct=["c"], reason="Protocolo", by=PersonFactory(), at=now
    )
    word = make_wording("rara", r"\brara\b")
    course = CoursePage.objects.get(locale__language_code="es")
    lesson = LessonPage.objects.get(slug="leccion-1")
    keys = {
        "question": version.question_id,
        "countrynote": a_note("HN").pk,
        "glossaryterm": word.term_id,
        "wording": word.pk,
        "reasoningtask": a_task(course.translation_key).pk,
        "edition": Edition.objects.first().pk,
        "course": course.translation_key,
        "activity": final.pk,
        "api": lesson.pk,
    }
    return {
        "version": version.pk,
        "question": version.question_id,
        "correction": correction.pk,
        "activity": final.pk,
        "page_id": lesson.pk,
        "action_name": "delete",
        **{f"{name}.page_id": course.pk for name in ("open_edition", "course_checks")},
        "keys": keys,
    }


def asked(browser: Client, address: Address, things: dict, method: str) -> HttpResponse:
    kind = address.route.split("/")[1]
    place = filled(address, things | {"pk": things["keys"].get(kind)})
    with undone(browser):
        return getattr(browser, method)(place)


def may(who: str, address: Address) -> bool:
    if who == "olga" or OF_NOBODY.match(address.route):
        return False
    return who != "writer" or address.name in OF_WRITERS


def is_let_in(answer: HttpResponse) -> bool:
    to = answer.headers.get("Location", "")
    return to != reverse("wagtailadmin_home") and "/login/" not in to


@pytest.mark.parametrize("who", WHO)
def test_editors_open_what_is_theirs_and_nothing_else(who, browsers, things):
    wrong = []
    for address in ours():
        for method in ("get", "post"):
            answer = asked(browsers[who], address, things, method)
            status = answer.status_code
            right = is_let_in(answer) == may(who, address) or status == 405
            if status >= 500 or not right:
                wrong.append((address.route, method, status))

    assert len(ours()) > 80
    assert wrong == []
