"""What does everybody take, and what were they assigned? Loops over rows, no query.

Every rule is written here anew, from what the docstrings of `certificates.lines` and
`courses.assigning` promise: agreement is worth something only between two that differ.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from certificates.recount.rows import Row, Rows, newest
from lms.people.zones import ZONES

SITE = ZoneInfo(settings.TIME_ZONE)
FINAL = "final"
ARCHIVED = "archived"


def obligations(rows: Rows, *, at: datetime) -> list[Row]:
    """Return a row for each course that somebody takes or was assigned."""
    found = []
    for person in rows.people.values():
        found += _of_person(person, rows, at=at)
    return found


def _of_person(person: Row, rows: Rows, *, at: datetime) -> Iterator[Row]:
    counted = set()
    for member, one in _assigned_to(person, rows, at=at):
        enrolment = _that_counts(one, person, rows)
        row = _taken(person, enrolment, rows, at=at) if enrolment else None
        row = row or _not_begun(person, one, rows, at=at)
        if enrolment:
            counted.add(enrolment["id"])
        yield row | _of_cohort(person, member, one, row, rows)
    for enrolment in rows.enrolments.get(person["id"], []):
        if enrolment["id"] not in counted:
            yield _taken(person, enrolment, rows, at=at)


def _assigned_to(person: Row, rows: Rows, *, at: datetime) -> Iterator[tuple[Row, Row]]:
    """Yield membership and assignment of what obliges the person.

    Whose membership was ended before its time owes nothing any more, unless all that
    ended was the cohort. Of several times in one cohort the latest counts.
    """
    times: dict[int, list[Row]] = {}
    for member in rows.members.get(person["id"], []):
        obliges = member["ended"] in ("", ARCHIVED)
        if obliges and member["from_on"] <= site_day(at) and not person["erased_at"]:
            times.setdefault(member["cohort_id"], []).append(member)
    for cohort, members in times.items():
        member = newest(members, lambda one: (one["from_on"], one["id"]))
        for one in rows.assignments.get(cohort, []):
            if one["withdrawn_at"] is None:
                yield member, one


def _that_counts(one: Row, person: Row, rows: Rows) -> Row | None:
    """Return the completed enrolment that does what is assigned, else the open one."""
    current = _current(one["course_id"], rows)
    done, begun = [], []
    for enrolment in rows.enrolments.get(person["id"], []):
        if enrolment["course_id"] != one["course_id"] or enrolment["withdrawn_at"]:
            continue
        if not enrolment["completed_at"]:
            begun.append(enrolment)
            continue
        run = rows.editions[enrolment["edition_id"]]["run"]
        if run == current["run"] or enrolment["completed_at"] >= one["assigned_at"]:
            done.append(enrolment)
    return newest(done, _by_begin) or newest(begun, _by_begin)


def _by_begin(enrolment: Row) -> tuple:
    return enrolment["enrolled_at"], enrolment["id"]


def _current(course, rows: Rows) -> Row | None:
    """Return the newest edition of a course."""
    editions = [row for row in rows.editions.values() if row["course_id"] == course]
    return newest(editions, lambda row: (row["opened_at"], row["id"]))


def _not_begun(person: Row, one: Row, rows: Rows, *, at: datetime) -> Row:
    edition = _current(one["course_id"], rows)
    required = [
        activity
        for activity in (rows.syllabus.get(edition["id"], []) if edition else [])
        if person["track"] in activity["required_for"]
    ]
    return _about(person, rows, first_on=site_day(at), last_on=None) | {
        "course": one["course_id"],
        "edition": edition and edition["id"],
        "track": person["track"],
        "total": sum(not _is_waived(row["activity_id"], rows) for row in required),
    }


def _taken(person: Row, enrolment: Row, rows: Rows, *, at: datetime) -> Row:
    ended_at = enrolment["completed_at"] or enrolment["withdrawn_at"]
    last_at = ended_at or _last_at(enrolment, rows)
    row = _about(
        person,
        rows,
        first_on=site_day(enrolment["enrolled_at"]),
        last_on=site_day(last_at),
    )
    row |= {
        "course": enrolment["course_id"],
        "edition": enrolment["edition_id"],
        "track": enrolment["track"],
        "enrolled_at": enrolment["enrolled_at"],
        "completed_at": enrolment["completed_at"],
        "withdrawn_at": enrolment["withdrawn_at"],
        "last_at": last_at,
    }
    row |= _progress(enrolment, rows)
    row |= _tries(enrolment, rows)
    return row | _paper(enrolment, rows)


def _about(person: Row, rows: Rows, *, first_on: date, last_on: date | None) -> Row:
    """Return what a row says about the person, and of what they did: nothing yet."""
    first = _post_on(person, first_on, rows)
    last = _post_on(person, last_on, rows) if last_on else first
    place = rows.institutions.get(first["institution_id"]) if first else None
    return {
        "person": person["id"],
        "institution": first and first["institution_id"],
        "institution_at_end": last and last["institution_id"],
        "confirmed": all(one and one["confirmed_at"] for one in (first, last)),
        "country": place["country"] if place else person["country"],
        "language": person["language"],
        "cohort": None,
        "due_on": None,
        "due_at": None,
        "done": 0,
        "attempts": 0,
        "minutes": 0,
        "minutes_in_person": 0,
        **dict.fromkeys(("enrolled_at", "completed_at", "withdrawn_at", "last_at")),
        **dict.fromkeys(("points", "out_of", "issued_at", "valid_until")),
        **dict.fromkeys(("revoked_at", "suspended_at", "lifted_at", "superseded_at")),
    }


def _post_on(person: Row, day: date, rows: Rows) -> Row | None:
    """Return where they worked: what is confirmed before what is said, then the latest.

    On the day on which somebody changes, the new institution counts.
    """
    held = [
        post
        for post in rows.posts.get(person["id"], [])
        if post["refused_at"] is None
        and post["from_on"] <= day
        and not (post["until_on"] and post["until_on"] < day)
    ]
    confirmed = [post for post in held if post["confirmed_at"]]
    return newest(confirmed or held, lambda post: (post["from_on"], post["id"]))


def _covered(enrolment: Row, rows: Rows) -> list[Row]:
    """Return what is asked: all, or of a delta what is new and what is read again."""
    activities = rows.syllabus.get(enrolment["edition_id"], [])
    if enrolment["full"]:
        return activities
    edition = rows.editions[enrolment["edition_id"]]
    while edition["kind"] == "correction":
        edition = rows.editions[edition["previous_id"]]
    known = {
        row["activity_id"] for row in rows.syllabus.get(edition["previous_id"], [])
    }
    return [
        row
        for row in activities
        if row["read_again"] or row["activity_id"] not in known
    ]


def _is_waived(activity, rows: Rows) -> bool:
    """Whether nobody is asked for it any more; of a final test never."""
    return activity not in rows.live and rows.kinds[activity] != FINAL


def _progress(enrolment: Row, rows: Rows) -> Row:
    finished = rows.completions.get(enrolment["id"], [])
    done = {row["activity_id"] for row in finished}
    count, total, minutes = 0, 0, 0
    for row in _covered(enrolment, rows):
        if row["activity_id"] in done:
            minutes += row["minutes"].get(enrolment["track"], 0)
        if enrolment["track"] in row["required_for"]:
            count += row["activity_id"] in done
            total += row["activity_id"] in done or not _is_waived(
                row["activity_id"], rows
            )
    return {"done": count, "total": total, "minutes": minutes}


def _last_at(enrolment: Row, rows: Rows) -> datetime:
    """Return when something was last done in it; nothing yet: when it began."""
    moments = [row["at"] for row in rows.completions.get(enrolment["id"], [])]
    for row in rows.attempts.get(enrolment["id"], []):
        told = (row["started_at"], row["saved_at"], row["submitted_at"])
        moments += [moment for moment in told if moment]
    return max(moments, default=enrolment["enrolled_at"])


def _tries(enrolment: Row, rows: Rows) -> Row:
    """Return how often the final test was tried, and the best that was handed in."""
    tried = rows.attempts.get(enrolment["id"], [])
    finals = [row for row in tried if rows.kinds[row["activity_id"]] == FINAL]
    handed_in = [row for row in finals if row["submitted_at"]]
    handed_in.sort(key=lambda row: (row["submitted_at"], row["id"]))
    best = newest(handed_in, _share)  # of equals the first
    found: Row = {"attempts": len(finals)}
    if best:
        found |= {"points": best["points"], "out_of": best["out_of"]}
    return found


def _share(row: Row) -> float:
    return row["points"] / row["out_of"] if row["out_of"] else 0.0


def _paper(enrolment: Row, rows: Rows) -> Row:
    """Return what the certificate says, and what became of it."""
    paper = rows.certificates.get(enrolment["id"])
    if paper is None:
        return {}
    successor = rows.successors.get(paper["id"])
    names = ("issued_at", "valid_until", "revoked_at", "suspended_at", "lifted_at")
    names += ("language", "minutes", "minutes_in_person")
    return {name: paper[name] for name in names} | {
        "superseded_at": successor and successor["issued_at"]
    }


def _of_cohort(person: Row, member: Row, one: Row, row: Row, rows: Rows) -> Row:
    """Return what the assignment adds: the cohort, the due day, the hours there."""
    cohort = rows.cohorts[one["cohort_id"]]
    zone = ZoneInfo(cohort["time_zone"] or ZONES[cohort["country"]][0])
    due_on = _due_on(person, member, one, rows, zone=zone)
    found = {"cohort": cohort["id"], "due_on": due_on}
    if due_on:
        found["due_at"] = midnight_after(due_on, zone=zone)
    if row["issued_at"] is None:
        found["minutes_in_person"] = _in_person(person, cohort, rows)
    return found


def _due_on(
    person: Row, member: Row, one: Row, rows: Rows, *, zone: ZoneInfo
) -> date | None:
    """Return the day agreed with the person, else that of all, else a number of days.

    Counted from the later of joining and assigning, as the cohort's calendar has them.
    """
    for exception in rows.exceptions.get(person["id"], []):
        stands = exception["ended_at"] is None
        if exception["assignment_id"] == one["id"] and stands and exception["due_on"]:
            return exception["due_on"]
    if one["due_on"] or one["due_after_days"] is None:
        return one["due_on"]
    joined_on = member["from_on"]
    if member["joined_at"]:
        joined_on = member["joined_at"].astimezone(zone).date()
    assigned_on = one["assigned_at"].astimezone(zone).date()
    return max(joined_on, assigned_on) + timedelta(days=one["due_after_days"])


def _in_person(person: Row, cohort: Row, rows: Rows) -> int:
    """Return the minutes earned in rooms of the cohort, mistakes taken back."""
    entries = {row["id"]: row for row in rows.ledger.get(person["id"], [])}
    total = 0
    for entry in entries.values():
        source = entries.get(entry["corrects_id"], entry)
        thing = source["workshop_id"] or source["observation_id"]
        if rows.room_of.get((source["kind"], thing)) == cohort["id"]:
            total += entry["minutes"]
    return total


def site_day(moment: datetime) -> date:
    return moment.astimezone(SITE).date()


def midnight_after(day: date, *, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
