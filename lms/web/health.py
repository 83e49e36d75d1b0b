"""Whether this process lives, and whether the whole is ready for people."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
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
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
