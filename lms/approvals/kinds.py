"""Which acts need a second person? Whoever has one registers it when its app is ready.

The register holds names of functions, so that it can be filled before the models are
loaded; each kind tells who may decide, how it reads, and what is done then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.module_loading import import_string

from lms.approvals.models import Approval
from lms.people.scope import one_person

Person = Any


@dataclass(frozen=True, slots=True)
class Summary:
    """An approval in words, for whoever decides: what would be done, and its facts.

    `people` are the keys of those whom the words show: the screen writes down the look.
    `warning` says what approving cannot undo, where that is so.
    """

    what: str
    facts: list[tuple[str, str]]
    people: Sequence[int] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of act.

    `act` names such an act in the log, in English words of the catalogue;
    `decides(viewer)` says whether this person may be the second one for acts of the
    kind; `summary(approval, viewer)` puts one into words; `carry_out(approval, by, at)`
    and `turn_down(approval, by, at)` run in the transaction of the decision. `rows`
    (of a list of subjects and the viewer, by subject, in one query) spares `summary`
    its own query: it finds the row as `approval.row`. `sentences` are those for what
    the kind refuses. `subjects(viewer)` are the subjects about which this person may
    decide, where that is not all of them.
    """

    act: str
    decides: str
    summary: str
    carry_out: str
    turn_down: str
    rows: str = ""
    sentences: str = ""
    subjects: str = ""

    def call(self, name: str) -> Callable:
        return import_string(getattr(self, name))


REGISTER: dict[str, Kind] = {}


def register(
    name: str,
    *,
    act: str,
    decides: str,
    summary: str,
    carry_out: str,
    turn_down: str,
    rows: str = "",
    sentences: str = "",
    subjects: str = "",
) -> None:
    """Add a kind of act by the paths of its functions."""
    REGISTER[name] = Kind(
        act, decides, summary, carry_out, turn_down, rows, sentences, subjects
    )


def kinds_of(viewer: Person) -> list[str]:
    """Return the kinds of acts for which this person may be the second one."""
    if not viewer.is_active:
        return []
    return [name for name, kind in REGISTER.items() if kind.call("decides")(viewer)]


def decidable_by(viewer: Person) -> Q:
    """Return the filter for approvals that this person may decide."""
    theirs = Q(pk__in=[])
    for name in kinds_of(viewer):
        kind = REGISTER[name]
        about = Q(subject__in=kind.call("subjects")(viewer)) if kind.subjects else Q()
        theirs |= Q(kind=name) & about
    return theirs & ~one_person(viewer, path="asked_by")


def summaries_of(
    approvals: Sequence[Approval], *, viewer: Person
) -> dict[UUID, Summary]:
    """Return each approval in words, by its identifier."""
    found = {}
    by_kind = sorted(approvals, key=lambda approval: approval.kind)
    for name, group in groupby(by_kind, key=lambda approval: approval.kind):
        kind, asked = REGISTER[name], list(group)
        if kind.rows:
            subjects = [approval.subject for approval in asked]
            rows = kind.call("rows")(subjects, viewer)
            for approval in asked:
                approval.row = rows[approval.subject]
        in_words = kind.call("summary")
        found |= {approval.uuid: in_words(approval, viewer) for approval in asked}
    return found


def summary_of(approval: Approval, *, viewer: Person) -> Summary:
    return summaries_of([approval], viewer=viewer)[approval.uuid]


def sentences_of(approval: Approval) -> dict[str, Any]:
    """Return what this kind says when it refuses, by the word of the reason."""
    kind = REGISTER[approval.kind]
    return kind.call("sentences") if kind.sentences else {}
