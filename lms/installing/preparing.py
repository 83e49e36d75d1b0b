"""Brings what a platform needs before anybody comes, the demo as well as a real one."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from wagtail.models import Site

from lms.people.institutions import load_institutions
from lms.web.installed import address_of_site

FIXTURES = settings.BASE_DIR / "fixtures"


def prepare(content: Path, *, stdout: OutputWrapper) -> None:
    """Bring tables, static files, institutions, courses, the site and the index.

    `content` holds the courses. What people edited stays; a second run changes nothing.
    """
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_static()
    load_institutions(FIXTURES / "institutions.csv")
    call_command("load_courses", content, stdout=stdout)
    answer_as_told()
    # Found at once, also what an older Campus saved; later the worker does it.
    call_command("update_index", verbosity=0)


def collect_static() -> None:
    """Hash and compress the static files, if they changed since the last run."""
    stamp = settings.STATE_DIR / "static.stamp"
    state = state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def state_of_static_files() -> str:
    """Return what the collected files depend on: the lock file and our own files."""
    digest = sha256((settings.BASE_DIR / "uv.lock").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                digest.update(str(path.relative_to(folder)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def answer_as_told() -> None:
    """Let the site answer under SITE_URL, also where that has changed."""
    host, port = address_of_site()
    for site in Site.objects.filter(is_default_site=True).exclude(
        hostname=host, port=port
    ):
        site.hostname, site.port = host, port
        site.save()
