"""How far a learner is under an edition: what is done, waived, open, and comes next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courses.addresses import LivePage, live_pages
from courses.models import Activity, Completion, EditionActivity, Enrolment
from courses.models.editions import in_language
from courses.rules import Asked, State, state_of
from courses.syllabus import activities_of_each, asked_of


@dataclass(frozen=True, slots=True)
class Row:
    """One activity of the edition, as it stands for one learner."""

    key: UUID
    number: str
    title: str
    module_title: str
    kind: str
    required: bool
    recommended: bool
    state: State
    done_at: datetime | None
    url: str  # "" when no page of it is live
    minutes: int

    @property
    def kind_name(self) -> str:
        return Activity.Kind(self.kind).label

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


@dataclass(frozen=True, slots=True)
class Progress:
    """The rows of an enrolment; `complete` is what was recorded, never decided anew."""

    rows: list[Row]
    complete: bool

    @property
    def required(self) -> list[Row]:
        return [row for row in self.rows if row.required]

    @property
    def others(self) -> list[Row]:
        return [row for row in self.rows if not row.required]

    @property
    def missing(self) -> list[Row]:
        """What is required and still open."""
        return [row for row in self.required if row.is_open]

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.required)

    @property
    def total(self) -> int:
        """How many are required; what is waived does not count."""
        return sum(not row.is_waived for row in self.required)

    @property
    def next(self) -> Row | None:
        """What to go on with: the first required row that is open and can be read.

        What is recommended comes first when it stands between the last row done
        before that one and it, so that a practice check is met on the way.
        """
        readable = [row for row in self.rows if row.url]
        goal = next((row for row in readable if row.required and row.is_open), None)
        if goal is None:
            return None
        before = readable[: readable.index(goal)]
        met = [goal]
        for row in reversed(before):
            if row.is_done:
                break
            if row.recommended:
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
    covered = activities_of_each(enrolments)
    done_at = _done_at(enrolments)
    keys = {row.activity_id for rows in covered.values() for row in rows}
    pages = live_pages(keys, language=language)
    return {
        enrolment.pk: Progress(
            rows=_rows(
                enrolment,
                covered[enrolment.pk],
                done_at=done_at[enrolment.pk],
                pages=pages,
                language=language,
            ),
            complete=enrolment.completed_at is not None,
        )
        for enrolment in enrolments
    }


def _done_at(enrolments: list[Enrolment]) -> dict[UUID, dict[UUID, datetime]]:
    found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    completions = Completion.objects.filter(enrolment__in=enrolments)
    for enrolment, activity, at in completions.values_list(
        "enrolment", "activity", "at"
    ):
        found[enrolment][activity] = at
    return found


def _rows(
    enrolment: Enrolment,
    covered: list[EditionActivity],
    *,
    done_at: dict[UUID, datetime],
    pages: dict[UUID, LivePage],
    language: str,
) -> list[Row]:
    asked = asked_of(covered, track=enrolment.track)
    return [
        _row(
            row,
            one,
            track=enrolment.track,
            done_at=done_at,
            pages=pages,
            language=language,
        )
        for row, one in zip(covered, asked, strict=True)
    ]


def _row(
    row: EditionActivity,
    asked: Asked,
    *,
    track: str,
    done_at: dict[UUID, datetime],
    pages: dict[UUID, LivePage],
    language: str,
) -> Row:
    page = pages.get(row.activity_id)
    return Row(
        key=row.activity_id,
        number=row.number,
        title=page.title if page else row.title(language),
        module_title=in_language(row.module_titles, language),
        kind=row.activity.kind,
        required=asked.required,
        recommended=track in row.recommended_for,
        state=state_of(asked, done=set(done_at), live=set(pages)),
        done_at=done_at.get(row.activity_id),
        url=page.url if page else "",
        minutes=row.minutes_for(track),
    )
