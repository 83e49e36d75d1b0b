"""The operations of learning that a bench measures, and who is there to do them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from courses.bench import learners
from courses.drills import PASSWORD
from courses.models import Completion
from lms.bench.rounds import Operation
from lms.bench.site import Served
from lms.bench.visitors import VISITORS, Request

MODULE = 3  # lessons, which the eight of a cohort read in the same week
FINISHES_A_SLICE = 80
NOTHING = "/bench/nothing/"
MY_LEARNING = f"/{learners.LANGUAGE}/my-learning/"


@dataclass(frozen=True, slots=True)
class Reader:
    """A learner who is signed in, and the lessons of their courses."""

    cookies: dict[str, str]
    lessons: list[dict[str, str]]

    def read(self, lesson: dict[str, str]) -> Request:
        return Request(f"/{learners.LANGUAGE}/{lesson['url']}", self.cookies)

    def finish(self, lesson: dict[str, str]) -> Request:
        """Send *Terminar*; where it leads on to is not asked for."""
        path = f"/{learners.LANGUAGE}/learn/activities/{lesson['activity']}/finish/"
        form = {"revision": lesson["revision"]}
        return Request(path, self.cookies, form, wanted=302)


def called(served: Served, work, number: int = VISITORS) -> list[Reader]:
    """Have so many learners made at once, then sign them in."""
    made = [outcome.answer for outcome in served.site.at_once(work, [[]] * number)]
    return [
        Reader(served.signed_in(one["email"], PASSWORD), one["lessons"]) for one in made
    ]


def operations(served: Served, *, finishes: int) -> tuple[Operation, list[Operation]]:
    """Return doing nothing, and what is held to it; so many lessons get finished."""
    readers = called(served, learners.reader)
    lessons = readers[0].lessons[:MODULE]
    nothing = Operation("nothing, signed in", each_asks(readers, NOTHING), 400)
    reading = Operation(
        "lesson with outline and progress",
        cycle([reader.read(lesson) for lesson in lessons for reader in readers]),
        250,
        at_most=2.5,
    )
    learning = Operation(
        "my learning, ten courses", each_asks(readers, MY_LEARNING), 150, at_most=3.5
    )
    finishing = Operation(
        "finish a lesson",
        first_finishes(served, finishes),
        FINISHES_A_SLICE,
        at_most=4,
    )
    return nothing, [reading, learning, finishing]


def each_asks(readers: list[Reader], path: str) -> Iterator[Request]:
    return cycle([Request(path, reader.cookies) for reader in readers])


def first_finishes(served: Served, number: int) -> Iterator[Request]:
    """Return so many requests, each of which completes a lesson for the first time.

    Eight learners at a time, one lesson each, then the next.
    """
    crowds = [called(served, learners.learner)]
    while sum(len(crowd) * len(crowd[0].lessons) for crowd in crowds) < number:
        crowds.append(called(served, learners.learner))
    return (
        reader.finish(lesson)
        for crowd in crowds
        for lesson in crowd[0].lessons
        for reader in crowd
    )


def count_queries(served: Served, operation: Operation) -> None:
    """Let one learner ask twice in a process of the crew: it warms up meanwhile."""
    first, *_others, second = islice(operation.requests, VISITORS + 1)
    again = first if first.form is None else second
    asked = [
        {"path": one.path, "cookies": one.cookies, "form": one.form}
        for one in (first, again)
    ]
    operation.queries = served.site.once(learners.queries_of, asked)


def completions() -> int:
    return Completion.objects.count()
