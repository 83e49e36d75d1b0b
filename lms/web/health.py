"""Whether this process lives, and whether the whole is ready for people."""

from functools import cache
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.utils import timezone

from lms.queue.health import beat_alive, worker_alive


def healthz(request):
    """Answer without touching the database: the process is alive."""
    return JsonResponse({"alive": True})


def readyz(request):
    """Answer 200 when database, migrations, worker and beat are there, else 503."""
    facts = {"database": False, "migrated": False, "worker": False, "beat": False}
    try:
        connection.ensure_connection()
        facts["database"] = True
        facts["migrated"] = _is_migrated()
        if facts["migrated"]:
            now = timezone.now()
            facts["worker"], facts["beat"] = worker_alive(at=now), beat_alive(at=now)
    except DatabaseError:
        facts["database"] = False
    return JsonResponse(facts, status=200 if all(facts.values()) else 503)


def _is_migrated() -> bool:
    """Whether every migration is recorded; asked by name, so that none is loaded."""
    return _on_disk() <= MigrationRecorder(connection).applied_migrations().keys()


@cache
def _on_disk() -> set[tuple[str, str]]:
    folders = {
        app.label: MigrationLoader.migrations_module(app.label)[0]
        for app in apps.get_app_configs()
    }
    return {
        (label, migration.name)
        for label, folder in folders.items()
        if folder and find_spec(folder)
        for migration in iter_modules(find_spec(folder).submodule_search_locations)
        if migration.name[0] not in "_~"
    }
