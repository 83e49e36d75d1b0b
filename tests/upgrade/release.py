"""Does the code of the last release work on the tables of today?

It knows no column that is new, and needs each that it knows. `release.txt` names its
last migrations.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db.migrations import (
    AddField,
    AddIndex,
    AlterField,
    AlterModelManagers,
    AlterModelOptions,
    CreateModel,
    Migration,
    RemoveConstraint,
    RemoveField,
    RemoveIndex,
    RenameIndex,
)
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field

from tests.upgrade.landed import FLOORS

RELEASE = Path(__file__).parent / "release.txt"
# They make no statement fail that ran before.
HARMLESS = (
    AddIndex,
    AlterModelManagers,
    AlterModelOptions,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
    RenameIndex,
)
# Where an operation says which table it is about.
NAMES = ("model_name_lower", "name_lower")
# What of a column the database does not know.
UNKNOWN_THERE = {
    "blank",
    "choices",
    "default",
    "editable",
    "help_text",
    "on_delete",
    "related_name",
    "validators",
    "verbose_name",
}


def last_migrations() -> list[tuple[str, str]]:
    """Return the last migration of each app at the release: app and name."""
    lines = RELEASE.read_text().splitlines()
    return [tuple(line.split()) for line in lines if line and line[0] != "#"]


def then_and_since() -> tuple[ProjectState, list[Migration]]:
    """Return what the release knew, and the migrations that came since, in order."""
    loader, last = MigrationLoader(None), last_migrations()
    graph = loader.graph
    then = {key for one in last for key in graph.forwards_plan(one)}
    leaves = [leaf for floor in FLOORS for leaf in graph.leaf_nodes(floor)]
    now = dict.fromkeys(key for leaf in leaves for key in graph.forwards_plan(leaf))
    since = [graph.nodes[key] for key in now if key not in then and key[0] in FLOORS]
    return loader.project_state(last), since


def hindrances(known: ProjectState, since: Iterable[Migration]) -> Iterator[str]:
    """Yield what the code of the release might not bear, with the migration's name."""
    for one in since:
        for operation in one.operations:
            if hinders(operation, one.app_label, known):
                yield f"{one.app_label}.{one.name}: {operation.describe()}"


def hinders(operation: Operation, app: str, known: ProjectState) -> bool:
    """Whether somebody must say why the release bears it.

    Of what no rule here knows, and of each new constraint, somebody must.
    """
    named = [getattr(operation, name) for name in NAMES if hasattr(operation, name)]
    table = known.models.get((app, named[0])) if named else None
    if isinstance(operation, HARMLESS) or (named and table is None):
        return False
    match operation:
        case AddField() | AlterField():
            return is_narrower(operation.field, table.fields.get(operation.name))
        case RemoveField():
            return operation.name in table.fields
        case _:
            return True


def is_narrower(now: Field, then: Field | None) -> bool:
    """Whether a column takes less than it did, or must be given by who knows it not."""
    if then is None:
        return not (now.many_to_many or now.null or now.has_db_default())
    if now.null < then.null and not now.has_db_default():
        return True
    *_name, kind, _args, facts = now.deconstruct()
    *_name, kind_then, _args, facts_then = then.deconstruct()
    if kind != kind_then:
        return True
    both = facts.keys() | facts_then.keys()
    other = {one for one in both if facts.get(one) != facts_then.get(one)}
    other -= UNKNOWN_THERE | {"null", "db_default"}
    wider = other == {"max_length"} and now.max_length >= then.max_length
    return bool(other) and not wider
