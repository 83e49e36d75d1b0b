"""What should a reader be told who asks? The second reckoning of rows and figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from certificates.recount.obligations import obligations, site_day
from certificates.recount.rows import Row, Rows

SOON = timedelta(days=90)
DATED = {
    "enrolled": "enrolled_at",
    "due": "due_on",
    "completed": "completed_at",
    "expires": "valid_until",
}
COUNTED = ("completed", "in-progress", "late", "not-begun", "withdrawn")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one reader is told: rows by column, figures, and figures by groups."""

    rows: list[Row]
    figures: Row
    apart: Row
    groups: dict[tuple, Row]


class Recount:
    """The tables of a moment, from which any question can be answered."""

    def __init__(self, rows: Rows, *, drawn_at: datetime):
        self.rows = rows
        self.all = obligations(rows, at=drawn_at)

    def answer(self, viewer: int, asked: Any, *, at: datetime, language: str) -> Answer:
        """Return what somebody (their key) is told who asks that at that moment."""
        found = self._found(viewer, asked, at=at)
        named = [row for row in found if self._is_named(row)]
        words = [word for word in (asked.group, asked.then) if word]
        return Answer(
            rows=[self._written(row, language) for row in named],
            figures=figures(named, on=asked.valid_on or site_day(at)),
            apart=self._apart(self._at_the_place(viewer, asked, at=at)),
            groups=self._grouped(named, words, on=asked.valid_on or site_day(at)),
        )

    def _found(self, viewer: int, asked: Any, *, at: datetime) -> list[Row]:
        told = [
            row | self._of_the_day(row, asked, at=at)
            for row in self._counted(viewer, on=site_day(at))
        ]
        return [row for row in told if self._fits(row, asked)]

    def _at_the_place(self, viewer: int, asked: Any, *, at: datetime) -> list[Row]:
        """Return what fits the country and the institution, whatever else is asked."""
        return [
            row
            for row in self._counted(viewer, on=site_day(at))
            if self._is_of_place(row, asked)
        ]

    def _counted(self, viewer: int, *, on: date) -> list[Row]:
        """Return the rows of people who belonged to the viewer first and last."""
        places = self.covered(viewer, on=on)
        return [
            row
            for row in self.all
            if {row["institution"], row["institution_at_end"]} <= places
        ]

    def named(self, viewer: int, *, on: date) -> list[Row]:
        """Return those of them that name a person."""
        return [row for row in self._counted(viewer, on=on) if self._is_named(row)]

    def covered(self, viewer: int, *, on: date) -> set[int]:
        """Return the institutions that the mandates of a ministry show that day."""
        if not self.rows.people[viewer]["is_active"]:
            return set()
        mandates = self.standing(viewer, on=on)
        return set().union(*map(self._covered_by, mandates))

    def standing(self, viewer: int, *, on: date) -> list[Row]:
        """Return the mandates of a ministry that show something that day."""
        held = self.rows.mandates.get(viewer, [])
        return [mandate for mandate in held if _stands(mandate, on=on)]

    def _covered_by(self, mandate: Row) -> set[int]:
        """Return those of the country, or the one named and those right below it."""
        named = mandate["institution_id"]
        return {
            place["id"]
            for place in self.rows.institutions.values()
            if (named is None and place["country"] == mandate["country"])
            or (named is not None and named in (place["id"], place["parent_id"]))
        }

    def _is_named(self, row: Row) -> bool:
        person = self.rows.people[row["person"]]
        hidden = person["shielded"] or person["erased_at"]
        return bool(row["confirmed"] and not hidden)

    def _apart(self, found: list[Row]) -> Row:
        """Return how many people are only counted, by the first reason that holds."""
        apart: dict[str, set[int]] = {"unconfirmed": set(), "erased": set()}
        for row in found:
            person = self.rows.people[row["person"]]
            if person["shielded"]:
                continue
            if not row["confirmed"]:
                apart["unconfirmed"].add(row["person"])
            elif person["erased_at"]:
                apart["erased"].add(row["person"])
        return {why: len(people) for why, people in apart.items()}

    def _of_the_day(self, row: Row, asked: Any, *, at: datetime) -> Row:
        return {
            "state": state(row, at=at),
            "standing": standing(row, on=asked.valid_on or site_day(at)),
        }

    def _fits(self, row: Row, asked: Any) -> bool:
        cohort = self.rows.cohorts.get(row["cohort"])
        wanted = [
            (asked.track, [row["track"]]),
            (asked.cohort, [cohort and cohort["uuid"]]),
            (asked.course, [self.rows.courses[row["course"]]["code"]]),
            (asked.edition, [row["edition"]]),
            (asked.state, [row["state"]]),
            (asked.standing, [row["standing"]]),
        ]
        if not self._is_of_place(row, asked):
            return False
        if any(want and want not in have for want, have in wanted):
            return False
        return _falls(row[DATED[asked.dated]], asked.from_on, asked.until_on)

    def _is_of_place(self, row: Row, asked: Any) -> bool:
        place = self.rows.institutions[row["institution"]]
        at_place = asked.institution in (None, place["id"], place["parent_id"])
        return at_place and asked.country in ("", row["country"])

    def _grouped(
        self, named: list[Row], words: Sequence[str], *, on: date
    ) -> dict[tuple, Row]:
        parts: dict[tuple, list[Row]] = {}
        for row in named if words else []:
            key = tuple(self._key(row, word) for word in words)
            parts.setdefault(key, []).append(row)
        return {key: figures(part, on=on) for key, part in parts.items()}

    def _key(self, row: Row, word: str) -> Any:
        if word == "course":
            return self.rows.courses[row["course"]]["code"]
        return row[word]

    def _written(self, row: Row, language: str) -> Row:
        """Return the cells of a row by the keys of the columns, words for machines."""
        person = self.rows.people[row["person"]]
        cohort = self.rows.cohorts.get(row["cohort"])
        edition = self.rows.editions.get(row["edition"])
        place = self.rows.institutions[row["institution"]]
        course = self.rows.courses[row["course"]]
        same = ("country", "track", "language", "state", "due_on", "done", "total")
        same += ("attempts", "standing", "valid_until", "minutes", "minutes_in_person")
        return {name: row[name] for name in same} | {
            "name": person["sort_name"] or person["legal_name"],
            "institution": place["name_en" if language == "en" else "name_es"],
            "cohort": cohort["name"] if cohort else "",
            "course": _title(edition, language) or course["code"],
            "course_code": course["code"],  # what the screen has room for
            "edition": f"{edition['run']} v{edition['version']}" if edition else "",
            "enrolled_on": _day(row["enrolled_at"]),
            "last_on": _day(row["last_at"]),
            "completed_on": _day(row["completed_at"]),
            "left": row["total"] - row["done"],
            "score": score(row),
        }


def _title(edition: Row | None, language: str) -> str:
    titles = edition["titles"] if edition else {}
    return titles.get(language) or titles.get("es") or ""


def _day(moment: datetime | None) -> date | None:
    return site_day(moment) if moment else None


def _stands(mandate: Row, *, on: date) -> bool:
    """Whether it is a ministry's, was accepted, is not ended, and covers the day."""
    answered = mandate["accepted_at"] is not None and mandate["ended_at"] is None
    lasts = mandate["from_on"] <= on <= mandate["until_on"]
    return mandate["role"] == "ministry" and answered and lasts


def _falls(moment: Any, first: date | None, last: date | None) -> bool:
    """Whether a day falls into a period, both ends counted; no day falls into none."""
    if not first and not last:
        return True
    if moment is None:
        return False
    day = site_day(moment) if isinstance(moment, datetime) else moment
    return (not first or first <= day) and (not last or day <= last)


def state(row: Row, *, at: datetime) -> str:
    """Return how far it is; late: the due day is over, and it is not completed."""
    if row["completed_at"]:
        return "completed"
    if row["withdrawn_at"]:
        return "withdrawn"
    if row["due_at"] and row["due_at"] <= at:
        return "late"
    return "in-progress" if row["enrolled_at"] else "not-begun"


def standing(row: Row, *, on: date) -> str:
    """Return what the paper was worth that day, by what had happened until then."""
    if not row["issued_at"] or site_day(row["issued_at"]) > on:
        return "none"
    happened = {
        name
        for name in ("revoked", "suspended", "lifted", "superseded")
        if row[f"{name}_at"] and site_day(row[f"{name}_at"]) <= on
    }
    if "lifted" in happened:
        happened.remove("suspended")
    for word in ("revoked", "suspended", "superseded"):
        if word in happened:
            return word
    over = row["valid_until"] and row["valid_until"] < on
    return "expired" if over else "valid"


def score(row: Row) -> int | None:
    """Return the whole percent of the points, rounded down."""
    if not row["out_of"]:
        return None
    return row["points"] * 100 // row["out_of"]


def figures(rows: Iterable[Row], *, on: date) -> Row:
    """Return what is counted of these rows, by the names that the report gives it."""
    rows = list(rows)
    valid = [row for row in rows if row["standing"] == "valid"]
    soon = [row for row in valid if row["valid_until"]]
    found: Row = {
        "lines": len(rows),
        "people": len({row["person"] for row in rows}),
        "valid": len(valid),
        "soon": sum(row["valid_until"] <= on + SOON for row in soon),
    }
    for word in COUNTED:
        found[word.replace("-", "_")] = sum(row["state"] == word for row in rows)
    return found
