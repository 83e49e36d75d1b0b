"""Runs web, worker and beat under one parent that loads the project once and forks."""

import gc
import importlib
import multiprocessing
import socket

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override
from granian import Granian
from granian.constants import Interfaces

from lms.queue.processes import Parent

TEMPLATES = settings.BASE_DIR / "templates"
MADE_LATE = (
    "lms.wsgi",
    "lms.management.commands.worker",
    "lms.management.commands.beat",
    "django.db.models.sql.compiler",
)
WEB_GRACE = 20
OUR_LOG = {
    "incremental": True,
    "handlers": {},
    "loggers": {"_granian": {"propagate": True}},
}


class Command(BaseCommand):
    help = "Serve pages, do tasks and watch the clock until SIGTERM."
    requires_system_checks = []  # they would open a connection before the forks

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="Web processes.")

    def handle(self, *, host, port, workers, **options):
        refuse_a_port_in_use(host, port)
        load_everything()
        jobs = {
            "web": lambda: serve_pages(host, port, workers),
            "worker": lambda: call_command("worker"),
            "beat": lambda: call_command("beat"),
        }
        Parent(jobs).run()


def refuse_a_port_in_use(host, port):
    """The web server would share it with whoever answers there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"{host}:{port}: {error.strerror}") from error


def load_everything():
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
    connections.close_all()
    gc.collect()
    gc.freeze()


def serve_pages(host, port, workers):
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
        log_dictconfig=OUR_LOG,
    ).serve()
