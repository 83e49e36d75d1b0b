"""Every page on which a learner, or an editor in a preview, meets a course's texts."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from certificates.actions import issue
from courses.models import Activity, CaseRun, Enrolment, LessonPage, QuizPage
from courses.views.lessons import MILD
from tests.courses.answering import begin, hand_in
from tests.courses.cases.small import key
from tests.factories import wrong_answer
from tests.payloads import ALL
from tests.spoiling import KINDS

LESSON = "/es/trata/modulo-uno/leccion-1/"
CASE = "/es/trata/caso/"
ADDRESSES = [
    "/es/",
    "/es/trata/",
    "/es/trata/modulo-uno/",
    LESSON,
    f"{LESSON}?version={MILD}",
    f"{LESSON}?country=GT",
    CASE,
    "/es/trata/modulo-uno/practica/",
    "/es/trata/prueba-final/",
    "/es/my-learning/",
    "/es/country-notes/GT/",
    "/es/glossary/",
    "/es/glossary/?q=script",
    "/es/search/?q=hit",
]
# A critical error first: it shows which harm it does.
DECISIONS = ["1a", "2b", "3a"]
Opened = Iterator[tuple[str, HttpResponse]]


def opened(client, enrolment: Enrolment) -> Opened:
    """Open all that a learner sees on the way to the certificate, in this order."""
    for address in ADDRESSES:
        yield address, client.get(address)
    yield from _answered_checks(client)
    yield from _attempts(client, enrolment)
    yield from _case(client, enrolment)
    address = reverse("enrolment", args=[enrolment.pk])
    yield "enrolment", client.get(address)
    yield from _certificate(client, enrolment)


def _answered_checks(client) -> Opened:
    """Answer a lesson's self-check, rightly and wrongly."""
    page = LessonPage.objects.get(slug="leccion-1")
    check = next(block for block in page.body if block.block_type == "check")
    for option in check.value["options"].bound_blocks:
        right = option.value["correct"]
        answer = client.get(LESSON, {"c": check.id, "o": option.id})
        yield f"check answered: {right}", answer


def _attempts(client, enrolment: Enrolment) -> Opened:
    course = enrolment.course
    attempt = begin(enrolment, course.activities.get(kind=QuizPage.Purpose.FINAL))
    over = begin(enrolment, course.activities.get(kind=QuizPage.Purpose.PRACTICE))
    address = reverse("attempt", args=[attempt.pk])
    yield "attempt", client.get(address)
    yield "attempt refused", client.post(address, {"q-1": ALL, "go": ALL})
    yield "attempt looked over", client.get(f"{address}review/")
    hand_in(over, wrong_answer)
    yield "attempt handed in", client.get(reverse("attempt", args=[over.pk]))


def _case(client, enrolment: Enrolment) -> Opened:
    """Walk through the case, with the payloads for reasons as well."""
    case = Activity.objects.get(kind=Activity.Kind.CASE)
    client.post(reverse("start_case", args=[case.pk]), {"role": enrolment.track})
    run = CaseRun.objects.get()
    for name in DECISIONS:
        address = reverse("case_step", args=[run.pk, name[0]])
        decision = {"option": key(name), "reasons": ALL[:990]}
        yield f"step {name}", client.get(address)
        yield f"step {name} in brief", client.get(address, {"version": MILD})
        yield f"step {name} refused", client.post(address, {"reasons": ALL})
        client.post(address, decision)
        yield f"decided {name}", client.get(address)
        yield f"decided {name}, late", client.post(address, {"option": "another"})
    yield "debrief", client.get(reverse("case_debrief", args=[run.pk]))
    yield "case walked", client.get(CASE)


def _certificate(client, enrolment: Enrolment) -> Opened:
    enrolment.completed_at = timezone.now()
    enrolment.save()
    award = issue(enrolment, at=timezone.now())
    yield "completed", client.get(reverse("enrolment", args=[enrolment.pk]))
    yield "certificate", client.get(reverse("certificate", args=[award.pk]))


def previewed() -> Opened:
    """Preview a page of every kind that editors write, as they see it beside.

    As nobody, and as a role that has its own texts: the others run through the same.
    """
    for kind in KINDS:
        page = kind.objects.filter(locale__language_code="es").first()
        for mode in (page.default_preview_mode, "GT-judge"):
            yield kind.__name__, page.make_preview_request(preview_mode=mode).render()
