"""How many requests does a browser send from the start of a quiz to its grade?"""

from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

from courses.bench import learners
from courses.bench.content import ASKED
from courses.drills import PASSWORD, final_of
from courses.models import Attempt, AttemptItem, Course, Enrolment
from courses.questions.inputs import names_of
from lms.bench.site import Served
from lms.bench.tables import Row
from lms.bench.visitors import Request
from lms.people.models import User
from lms.scratch import Failed

AT_MOST = 7
PER_PAGE = 10
Send = Callable[[Request], tuple[int, str]]  # the status, and where it leads


def quiz_row(served: Served) -> Row:
    """Walk through a final test of twenty, over one line, and count."""
    (made,) = [o.answer for o in served.site.at_once(learners.learner, [[]])]
    cookies = served.signed_in(made["email"], PASSWORD)
    enrolment = with_a_long_test(made["email"])
    number = requests_to_the_grade(enrolment, sender(served.address), cookies)
    cells = (f"quiz of {ASKED}, requests to the grade", "", str(number), "", "≤ 7")
    return Row(cells, holds=number <= AT_MOST)


def with_a_long_test(email: str) -> Enrolment:
    """Return the learner's enrolment in a copy, whose final test is long."""
    course = Course.objects.filter(code__startswith="B").earliest("code")
    return User.objects.get(email=email).enrolments.get(course=course)


def sender(address: str) -> Send:
    """Return what sends a request and reads its answer."""
    line = HTTPConnection(urlsplit(address).netloc, timeout=60)

    def send(request: Request) -> tuple[int, str]:
        line.request(
            request.method, request.path, body=request.body, headers=request.headers
        )
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location", "")

    return send


def requests_to_the_grade(
    enrolment: Enrolment, send: Send, cookies: dict[str, str]
) -> int:
    """Press the buttons of a quiz and follow where they lead; count every request.

    The last is the one that grades; the page that shows the grade is one more.
    """
    home = f"/{learners.LANGUAGE}"
    walk = Walk(send, cookies)
    walk.post(f"{home}/learn/activities/{final_of(enrolment).pk}/start/", {})
    attempt = Attempt.objects.get(enrolment=enrolment)
    items = list(attempt.items.with_version())
    if len(items) != ASKED:
        raise Failed("questions asked", len(items))
    for start in range(0, len(items), PER_PAGE):
        answers = first_answers(items[start : start + PER_PAGE])
        is_last = start + PER_PAGE >= len(items)
        walk.post(walk.here, answers | {"go": "review" if is_last else "next"})
    walk.ask(Request(f"{home}/attempts/{attempt.pk}/submit/", cookies, {}), stay=True)
    attempt.refresh_from_db()
    if attempt.points is None:
        raise Failed("the quiz was not graded")
    return walk.requests


class Walk:
    """A browser: it sends, and goes where it is sent on."""

    def __init__(self, send: Send, cookies: dict[str, str]):
        self.send, self.cookies = send, cookies
        self.requests, self.here = 0, ""

    def post(self, path: str, form: dict[str, str]) -> None:
        self.ask(Request(path, self.cookies, form))

    def ask(self, request: Request, *, stay: bool = False) -> None:
        status, leads_to = self.send(request)
        self.requests += 1
        self.here = request.path
        if leads_to and not stay:
            self.ask(Request(urljoin(self.here, leads_to), self.cookies))
        elif status not in {200, 302}:
            raise Failed(request.method, request.path, status)


def first_answers(items: list[AttemptItem]) -> dict[str, str]:
    """Return the form with something chosen in every input, each place once."""
    form = {}
    for item in items:
        kind = item.version.document["type"]
        names = names_of(kind, item.shown, position=item.position)
        form |= {name: str(place) for place, name in enumerate(names, start=1)}
    return form
