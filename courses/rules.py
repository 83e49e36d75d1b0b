"""What is decided about learning: passing, completing, trying again."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Grade:
    """The points of an attempt, and the pass mark it was taken under."""

    points: int
    out_of: int
    pass_mark: int  # percent

    @property
    def passed(self) -> bool:
        return self.out_of > 0 and self.points * 100 >= self.out_of * self.pass_mark

    @property
    def points_to_pass(self) -> int:
        """The least number of points that passes."""
        return -(-self.out_of * self.pass_mark // 100)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many attempts are left now, and when a new set begins if none is."""

    left: int
    next_at: datetime | None = None


def drawn(
    modules: Mapping[int, UUID],
    *,
    always: Collection[int],
    number: int,
    chance: Random,
    seen: Collection[int] = (),
    finer: Mapping[int, Hashable] | None = None,
) -> list[int]:
    """Return the keys of the questions to ask, in an order of chance.

    `modules` holds each key with its module. Those of `always` come first of all, then
    those that were not `seen` in an earlier attempt; of these and of the others each
    is taken from whichever module has the fewest so far, and in it from whichever
    part that `finer` names: two forms of a test ask for the same objectives.
    """
    parts = finer or modules
    chosen = chance.sample(sorted(always), min(number, len(always)))
    taken = Counter(modules[key] for key in chosen)
    fine = Counter(parts[key] for key in chosen)
    others = sorted(modules.keys() - set(always))
    left = chance.sample(others, len(others))
    while len(chosen) < number:
        key = min(
            left, key=lambda key: (key in seen, taken[modules[key]], fine[parts[key]])
        )
        left.remove(key)
        chosen.append(key)
        taken[modules[key]] += 1
        fine[parts[key]] += 1
    return chance.sample(chosen, len(chosen))


def attempts_left(
    taken: Sequence[datetime],
    *,
    allowed: int,
    wait: timedelta,
    at: datetime,
    extra: int = 0,
) -> Allowance:
    """Return the attempts left at a quiz.

    `taken` holds one time per attempt (handed in, or started while still open), oldest
    first, whatever enrolment it belonged to: leaving and coming back gives no new set.
    A set is `allowed` attempts; the next begins `wait` after the last of a full set.
    `extra` ones, granted to one learner, are taken while waiting for the next set, and
    put it off no further, nor do those that were taken before the grant ended.
    """
    if not taken:
        return Allowance(allowed + extra)
    used, last = 0, taken[0]
    for moment in taken:
        if used >= allowed and moment >= last + wait:
            used = 0
        if used >= allowed:  # an extra one, though it may count no more
            extra = max(0, extra - 1)
        else:
            used, last = used + 1, moment
    if used < allowed:
        return Allowance(allowed - used + extra)
    if at >= last + wait:
        return Allowance(allowed + extra)
    return Allowance(extra, next_at=None if extra else last + wait)


class Need(StrEnum):
    """How much an activity is asked of a profession."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "other"


def need_of(track: str, *, required_for: list[str], recommended_for: list[str]) -> Need:
    """Return how much something is asked of that profession."""
    if track in required_for:
        return Need.REQUIRED
    return Need.RECOMMENDED if track in recommended_for else Need.OPTIONAL


def is_on_the_way(need: Need, *, kind: str) -> bool:
    """Whether the way from one activity to the next leads through it.

    It leads through what is required and the checks that go with it, not through a
    module that is only recommended: that is chosen from the contents.
    """
    if need == Need.RECOMMENDED:
        return kind in {"pretest", "practice"}
    return need == Need.REQUIRED


class State(StrEnum):
    """Where a requirement of an edition stands for a learner."""

    DONE = "done"
    WAIVED = "waived"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Asked:
    """One activity of a syllabus, as far as completion is concerned."""

    activity: UUID
    required: bool
    is_test: bool


def state_of(asked: Asked, *, done: set[UUID], live: set[UUID]) -> State:
    """Return whether an activity is done, waived or still open.

    A required page that is no longer live is waived: editing never subtracts. A final
    test is never waived: no certificate without an assessment.
    """
    if asked.activity in done:
        return State.DONE
    if asked.activity not in live and not asked.is_test:
        return State.WAIVED
    return State.OPEN


def course_is_complete(
    syllabus: Iterable[Asked], *, done: set[UUID], live: set[UUID]
) -> bool:
    """Whether nothing required is open, and at least one thing was really done."""
    required = [asked for asked in syllabus if asked.required]
    states = [state_of(asked, done=done, live=live) for asked in required]
    return State.DONE in states and State.OPEN not in states


def refusals_to_enrol(
    *, has_post: bool, is_open: bool, has_completed: bool
) -> list[str]:
    """Return why a person may not enrol, as stable words; empty when they may."""
    reasons = []
    if not is_open:
        reasons.append("course-not-open")
    if not has_post:
        reasons.append("post-missing")
    if has_completed:
        reasons.append("already-completed")
    return reasons


def refusals_to_start(
    *,
    enrolment_is_open: bool,
    is_live: bool,
    has_passed: bool,
    comes_too_late: bool,
    allowance: Allowance,
) -> list[str]:
    """Return why an attempt may not be started, as stable words.

    A pre-test measures what was known before: it comes too late after a lesson.
    """
    reasons = []
    if not enrolment_is_open:
        reasons.append("enrolment-closed")
    if not is_live:
        reasons.append("quiz-not-available")
    if has_passed:
        reasons.append("already-passed")
    if comes_too_late:
        reasons.append("pretest-too-late")
    if allowance.left < 1:
        reasons.append("no-attempts-left")
    return reasons


def feedback_is_released(
    *,
    submitted: bool,
    is_practice: bool,
    passed: bool,
    another_open: bool,
) -> bool:
    """Whether right answers and explanations may be shown.

    After a practice check always. After a final test, and after a pre-test, whose
    questions it asks again, once the final test is passed, and not while an attempt at
    it is open: an answer key must not serve the next attempt. Attempts that are used
    up release nothing: a new set of them follows.
    """
    if not submitted or is_practice:
        return submitted
    return passed and not another_open


def refusals_to_review(*, is_live: bool, has_drafts: bool) -> list[str]:
    """Return why a lesson may not be signed as reviewed, as stable words."""
    reasons = []
    if not is_live:
        reasons.append("not-live")
    if has_drafts:
        reasons.append("has-drafts")
    return reasons


def refusals_to_open_edition(
    *,
    drafts: Sequence[str],
    missing: Sequence[str],
    has_required: bool,
    finals: Sequence[str],
    pretests: Sequence[str],
) -> list[str]:
    """Return why an edition may not be opened.

    `drafts` are titles of pages with unpublished changes, `missing` titles of pages
    that lack a language which the course claims; `finals` and `pretests` titles of
    the tests, in their order: what is learned is measured between one and one.
    """
    reasons = [f"draft:{title}" for title in drafts]
    reasons += [f"untranslated:{title}" for title in missing]
    if not has_required:
        reasons.append("nothing-required")
    if not finals:
        reasons.append("no-final-test")
    reasons += [f"second-final:{title}" for title in finals[1:]]
    reasons += [f"second-pretest:{title}" for title in pretests[1:]]
    return reasons


def refusals_to_open_on_unequal_texts(
    behind: Sequence[str], *, despite: str
) -> list[str]:
    """Return which pages are behind their original, unless it was said why anyway."""
    return [] if despite.strip() else [f"behind:{title}" for title in behind]


def refusal_to_ask(*, asked: int, written: int) -> str:
    """Return why a final test cannot be asked, as a stable word, or nothing."""
    if not written:
        return "no-questions"
    return "too-few-questions" if asked > written else ""


def refusals_to_stand(
    *,
    is_allowed: bool,
    purpose: str,
    in_course: bool,
    beside: Collection[str],
    code_taken: bool,
    before_original: bool,
) -> list[str]:
    """Return why a page may not stand where it is to stand, as stable words.

    `purpose` is that of a quiz, else nothing; `beside` those of the live ones there. A
    practice check stands in a module, of which a course has many; the tests that
    measure before and after in the course itself, one of each. `before_original`: it
    is a translation that would be public while what it says in its original is not.
    """
    if not is_allowed:
        return ["wrong-parent"]
    reasons = []
    if purpose and in_course == (purpose == "practice"):
        reasons.append("wrong-purpose")
    elif purpose != "practice" and purpose in beside:
        reasons.append(f"second-{purpose}")
    if code_taken:
        reasons.append("code-taken")
    if before_original:
        reasons.append("before-original")
    return reasons


def next_run(latest: str | None, *, year: int) -> str:
    """Return the name of the next run: "2026-1", then "2026-2"."""
    if latest and latest.startswith(f"{year}-"):
        return f"{year}-{int(latest.split('-')[1]) + 1}"
    return f"{year}-1"
