"""How far a learner is under an edition: what is done, waived, open, and comes next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.core.cache import caches
from django.utils.translation import gettext as _

from courses.addresses import LivePage
from courses.models import Activity, Completion, EditionActivity, Enrolment
from courses.models.editions import in_language
from courses.reach import Reach, reach_of
from courses.rules import Need, State, is_on_the_way, state_of
from courses.syllabus import activities_of_each, asked_of, syllabuses

SECONDS = 10
Asking = tuple[int, str]  # an edition, and the track of who is asked


@dataclass(frozen=True, slots=True)
class Row:
    """One activity of the edition, as it stands for one learner."""

    key: UUID
    number: str
    title: str
    module_title: str
    kind: str
    need: Need
    state: State
    done_at: datetime | None
    url: str  # "" when no page of it is reached, or nobody is asked for it
    minutes: int

    @property
    def kind_name(self) -> str:
        return Activity.Kind(self.kind).label

    @property
    def required(self) -> bool:
        return self.need == Need.REQUIRED

    @property
    def recommended(self) -> bool:
        return self.need == Need.RECOMMENDED

    @property
    def is_final(self) -> bool:
        return self.kind == Activity.Kind.FINAL

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE

    @property
    def is_waived(self) -> bool:
        return self.state == State.WAIVED


@dataclass(frozen=True)
class Progress:
    """The rows of an enrolment; `complete` is what was recorded, never decided anew."""

    rows: list[Row]
    complete: bool

    @cached_property
    def required(self) -> list[Row]:
        return [row for row in self.rows if row.required]

    @cached_property
    def others(self) -> list[Row]:
        return [row for row in self.rows if not row.required]

    @cached_property
    def missing(self) -> list[Row]:
        """What is required and still open."""
        return [row for row in self.required if row.is_open]

    @cached_property
    def done(self) -> int:
        return sum(row.is_done for row in self.required)

    @cached_property
    def total(self) -> int:
        """How many are required; what is waived does not count."""
        return sum(not row.is_waived for row in self.required)

    @cached_property
    def in_words(self) -> str:
        """How much of what is required is done: "4 of 10 required activities"."""
        return _("%(done)s of %(total)s required activities") % {
            "done": self.done,
            "total": self.total,
        }

    @cached_property
    def readable(self) -> list[Row]:
        return [row for row in self.rows if row.url]

    @cached_property
    def goal(self) -> Row | None:
        """The first required row that is open and can be read."""
        open_ones = (row for row in self.readable if row.required and row.is_open)
        return next(open_ones, None)

    @cached_property
    def next(self) -> Row | None:
        """What to go on with: the goal, or what is met on the way to it.

        A check that goes with it comes first when it stands between the last row done
        before that one and it.
        """
        goal = self.goal
        if goal is None:
            return None
        before = self.readable[: self.readable.index(goal)]
        met = [goal]
        for row in reversed(before):
            if row.is_done:
                break
            if row.is_open and is_on_the_way(row.need, kind=row.kind):
                met.append(row)
        return met[-1]


def progress_of(enrolment: Enrolment, *, language: str) -> Progress:
    """Return how far the learner is in this enrolment."""
    return progress_of_each([enrolment], language=language)[enrolment.pk]


def progress_of_each(
    enrolments: Iterable[Enrolment], *, language: str
) -> dict[UUID, Progress]:
    """Return the progress of each enrolment; as many queries for one as for many."""
    enrolments = list(enrolments)
    rows = rows_of_each(
        {(enrolment.edition_id, enrolment.track) for enrolment in enrolments},
        language=language,
    )
    covered = activities_of_each(enrolments)
    done_at = _done_at(enrolments)
    return {
        enrolment.pk: Progress(
            rows=[
                _with_tick(
                    rows[enrolment.edition_id, enrolment.track][row.activity_id],
                    done_at[enrolment.pk].get(row.activity_id),
                )
                for row in covered[enrolment.pk]
            ],
            complete=enrolment.completed_at is not None,
        )
        for enrolment in enrolments
    }


def _with_tick(row: Row, done_at: datetime | None) -> Row:
    return replace(row, state=State.DONE, done_at=done_at) if done_at else row


def _done_at(enrolments: list[Enrolment]) -> dict[UUID, dict[UUID, datetime]]:
    found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    keys = [enrolment.pk for enrolment in enrolments]
    completions = Completion.objects.filter(enrolment__in=keys)
    for enrolment, activity, at in completions.values_list(
        "enrolment", "activity", "at"
    ):
        found[enrolment][activity] = at
    return found


def rows_of_each(asked: set[Asking], *, language: str) -> dict[Asking, dict[UUID, Row]]:
    """Return activity → row of each edition and track, for who has done nothing yet.

    Equal for all who are asked the same, so it is kept for some seconds.
    """
    keys = {
        f"rows:{edition}:{track}:{language}": (edition, track)
        for edition, track in asked
    }
    kept = caches["pages"].get_many(keys)
    found = {keys[key]: rows for key, rows in kept.items()}
    fresh = _rows_of_each(asked - found.keys(), language=language)
    caches["pages"].set_many(
        {key: fresh[one] for key, one in keys.items() if one in fresh}, SECONDS
    )
    return found | fresh


def _rows_of_each(
    asked: set[Asking], *, language: str
) -> dict[Asking, dict[UUID, Row]]:
    if not asked:
        return {}
    syllabus = syllabuses({edition for edition, _track in asked})
    reach = reach_of(
        {row.activity_id for rows in syllabus.values() for row in rows},
        language=language,
    )
    return {
        (edition, track): _rows(syllabus[edition], track, reach, language)
        for edition, track in asked
    }


def _rows(
    rows: list[EditionActivity],
    track: str,
    reach: Reach,
    language: str,
) -> dict[UUID, Row]:
    return {
        asked.activity: _row(
            row,
            track=track,
            language=language,
            page=reach.pages.get(asked.activity),
            state=state_of(asked, done=set(), live=reach.asked),
        )
        for row, asked in zip(rows, asked_of(rows, track=track), strict=True)
    }


def _row(
    row: EditionActivity,
    *,
    track: str,
    language: str,
    page: LivePage | None,
    state: State,
) -> Row:
    return Row(
        key=row.activity_id,
        number=row.number,
        title=page.title if page else row.title(language),
        module_title=in_language(row.module_titles, language),
        kind=row.activity.kind,
        need=row.need_of(track),
        state=state,
        done_at=None,
        url=page.url if page and state != State.WAIVED else "",
        minutes=row.minutes_for(track),
    )
