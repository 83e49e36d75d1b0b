"""Whether this process lives, and whether the whole is ready for people."""

from functools import cache
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.utils import timezone

from lms.mail.held import mail_held
from lms.queue import clock
from lms.queue.health import beat_alive, dead_letters, worker_alive
from lms.web.installed import missing

NEEDED = ("database", "migrated", "worker", "beat")


def healthz(request):
    """Answer without touching the database: the process is alive."""
    return JsonResponse({"alive": True})


def readyz(request):
    """Answer 200 when database, migrations, worker and beat are there, else 503.

    What works all the same, and is to be looked at, stands under `degraded`.
    """
    facts = dict.fromkeys(NEEDED, False) | {"cache": None, "dead_letters": None}
    degraded = []
    try:
        connection.ensure_connection()
        facts["database"] = True
        facts["migrated"] = _is_migrated()
        if facts["migrated"]:
            now = timezone.now()
            facts["worker"], facts["beat"] = worker_alive(at=now), beat_alive(at=now)
            facts["dead_letters"] = dead_letters(at=now)
            degraded = [word for check in CHECKS if (word := check(now))]
            facts["cache"] = "degraded" if "cache" in degraded else "ok"
    except DatabaseError:
        facts["database"] = False
    ready = all(facts[name] for name in NEEDED)
    return JsonResponse(facts | {"degraded": degraded}, status=200 if ready else 503)


def _cache_is_away(at) -> str | None:
    shared = caches["default"]
    shared.get("readyz")  # asks Redis, where there is one
    return "cache" if getattr(shared, "is_away", False) else None


def _tasks_failed(at) -> str | None:
    return "dead-letters" if dead_letters(at=at) else None


def _clock_is_wrong(at) -> str | None:
    return None if clock.is_true(at=at) else "clock"


def _something_is_missing(at) -> str | None:
    return "installation" if missing(at) else None


def _is_a_copy(at) -> str | None:
    return "mail-held" if mail_held(at) else None


# Each says in a word, to whoever asks, what is to be looked at; None if nothing is.
CHECKS = (
    _cache_is_away,
    _tasks_failed,
    _clock_is_wrong,
    _something_is_missing,
    _is_a_copy,
)


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
