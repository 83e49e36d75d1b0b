"""Are figures of a hundred thousand attempts right, and there within five seconds?"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import batched
from random import Random
from statistics import correlation
from time import perf_counter, process_time
from uuid import uuid4

from django.utils import timezone

from courses.analysis.actions import tally_answers
from courses.analysis.figures import analysis_of
from courses.drills import final_of
from courses.models import (
    Attempt,
    AttemptItem,
    Edition,
    Enrolment,
    Question,
    QuestionVersion,
)
from courses.questions.kinds import kind_of
from courses.questions.rules import keys_of
from lms.drills import Finding
from lms.people.choices import Country, Track
from lms.people.models import User
from lms.scratch import CrewedSite

ASKED, AT_ONCE, LOOKED_AT = 20, 2000, 5
SECONDS = 5
ALIKE = 9  # decimals


def analysis(site: CrewedSite, rounds: int) -> list[Finding]:
    """So many people take a final test; what is told of it is reckoned twice."""
    site.once(taken, str(rounds))
    told = site.once(reckoned)
    return [
        Finding("attempts counted", told["counted"], rounds),
        Finding("seconds to count them, once", told["seconds_to_count"]),
        Finding("of them CPU, milliseconds an attempt", told["cpu_each"]),
        Finding("seconds to the figures", told["seconds"]),
        Finding(f"within {SECONDS} s", told["seconds"] <= SECONDS, wanted=True),
        Finding("questions with other figures", told["other_figures"], wanted=0),
    ]


def taken(people: str) -> int:
    """Let so many people hand in the final test of the first edition."""
    chance = Random(21)  # noqa: S311 - the same people each time
    edition = Edition.objects.current().earliest("pk")
    versions = list(_versions())
    for part in batched(range(int(people)), AT_ONCE):
        enrolments = Enrolment.objects.bulk_create(_enrolments(edition, len(part)))
        final = final_of(enrolments[0])
        attempts, items = [], []
        for enrolment in enrolments:
            attempt, its_items = _attempt(enrolment, final, versions, chance)
            attempts.append(attempt)
            items += its_items
        Attempt.objects.bulk_create(attempts)
        AttemptItem.objects.bulk_create(items, batch_size=AT_ONCE)
    return int(people)


def _versions() -> Iterator[QuestionVersion]:
    """Yield the newest wordings of questions that have options to choose from."""
    newest = Question.objects.live().with_current_version().values("current")
    for version in QuestionVersion.objects.filter(pk__in=newest).order_by("pk")[:60]:
        if kind_of(version.document).takes_one:
            yield version


def _enrolments(edition: Edition, number: int) -> list[Enrolment]:
    people = User.objects.bulk_create(
        User(
            email=f"{uuid4().hex}@drill.example",
            legal_name="Ana",
            country=Country.GUATEMALA,
            track=Track.values[place % len(Track.values)],
        )
        for place in range(number)
    )
    now = timezone.now()
    return [
        Enrolment(
            learner=person,
            course=edition.course,
            edition=edition,
            track=person.track,
            enrolled_at=now,
        )
        for person in people
    ]


def _attempt(enrolment, final, versions, chance) -> tuple[Attempt, list[AttemptItem]]:
    able, now = chance.gauss(0.5, 0.15), timezone.now()
    attempt = Attempt(
        enrolment=enrolment,
        activity=final,
        number=1,
        titles={},
        pass_mark=80,
        started_at=now - timedelta(minutes=30),
        submitted_at=now,
        language=chance.choice(["es", "es", "en"]),
        passed=False,
    )
    asked = chance.sample(versions, min(ASKED, len(versions)))
    items = [
        _item(attempt, place, version, able, chance)
        for place, version in enumerate(asked, start=1)
    ]
    attempt.points, attempt.out_of = sum(one.points for one in items), len(items)
    return attempt, items


def _item(attempt, place, version, able, chance) -> AttemptItem:
    knows = chance.random() < able
    correct = version.document["correct"]
    wrong = [key for key in keys_of(version.document) if [key] != correct]
    return AttemptItem(
        attempt=attempt,
        position=place,
        version=version,
        shown=[],
        answer=correct if knows else [chance.choice(wrong)],
        answered_at=attempt.started_at + timedelta(seconds=50 * place),
        points=int(knows),
    )


def reckoned() -> dict:
    """Count, reckon, and reckon some of it again from the answers themselves."""
    before, busy = perf_counter(), process_time()
    counted = tally_answers(at=timezone.now())
    middle, busy = perf_counter(), process_time() - busy
    test = Attempt.objects.exclude(counted_at=None).first().activity
    found = analysis_of(test, "es")
    after = perf_counter()
    told = {item.version.pk: item.figures for item in found.items}
    some = list(told)[:LOOKED_AT]
    return {
        "counted": counted,
        "seconds_to_count": round(middle - before, 1),
        "cpu_each": round(1000 * busy / counted, 2),
        "seconds": round(after - middle, 1),
        "other_figures": sum(
            round(told[key].discrimination, ALIKE) != round(_again(key), ALIKE)
            for key in some
        ),
    }


def _again(version: int) -> float:
    rows = AttemptItem.objects.filter(version=version).values_list(
        "points", "attempt__points", "attempt__out_of"
    )
    points, rest = [], []
    for point, total, out_of in rows:
        points.append(point)
        rest.append((total - point) / (out_of - 1))
    return correlation(points, rest)
