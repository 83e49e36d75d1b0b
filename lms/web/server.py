"""The web server: one parent that loads the project, and processes that answer."""

import gc
import importlib
import multiprocessing
import socket

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, connections
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override
from granian import Granian
from granian.constants import Interfaces

TEMPLATES = settings.BASE_DIR / "templates"
MADE_LATE = (
    "lms.wsgi",
    "lms.management.commands.worker",
    "lms.management.commands.beat",
    "django.db.models.sql.compiler",
)
WEB_GRACE = 20
MOST_MEMORY = 512  # MiB of one process, several times what it takes at rest
OUR_LOG = {
    "incremental": True,
    "handlers": {},
    "loggers": {"_granian": {"propagate": True}},
}


def add_address(parser) -> None:
    """Let a command be told where to listen, and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="Web processes.")


def refuse_a_port_in_use(host: str, port: int) -> None:
    """The web server would share it with whoever answers there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"{host}:{port}: {error.strerror}") from error


def load_everything() -> None:
    """Import once what all children share; leave no connection open to be shared.

    What is first made in a child, or first written in its memory, each has by itself.
    """
    for name in MADE_LATE:
        importlib.import_module(name)
    for model in apps.get_models(include_auto_created=True):
        _ = model._meta.fields_map, model._meta._forward_fields_map
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("front_door")  # every address, and every sentence
    for path in TEMPLATES.rglob("*.html"):
        get_template(str(path.relative_to(TEMPLATES)))
    leave_the_database()
    gc.collect()
    gc.freeze()


def leave_the_database() -> None:
    """Close every connection, the pool too: two processes on one would mix answers."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()


def serve_pages(host: str, port: int, workers: int) -> None:
    """Answer until SIGTERM; a process that ends, or grows too large, is replaced."""
    multiprocessing.set_start_method("fork", force=True)
    Granian(
        "lms.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=WEB_GRACE,
        workers_max_rss=MOST_MEMORY,
        log_dictconfig=OUR_LOG,
    ).serve()
