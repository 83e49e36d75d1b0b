"""Is a backup made under load whole, and does a copy restored from it keep silent?

The upper half is what a process of the crew does, at once with the others; the lower
half makes a second site of what was backed up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from certificates.actions import keep_file
from certificates.models import Certificate
from certificates.proofs import SAMPLE
from courses import drills as learning
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.audit.tasks import seal_the_log
from lms.backup.restoring import read, restore
from lms.backup.taking import take
from lms.connecting import connected_to
from lms.drills import Finding
from lms.mail.drill import arrivals, post_letters
from lms.mail.models import Letter
from lms.mail.releasing import release
from lms.mail.tasks import send_letters
from lms.queue.drill import scratch_database
from lms.scratch import CrewedSite, bare_site, crewed

SECRET = "only-for-a-drill-whose-sites-vanish-with-it"  # noqa: S105 - see what it says
OF_A_PLACE = {"STATE_DIR", "DATABASE_URL"}


def act(what: str, *given) -> None:
    """Do one of the things that happen while a backup is made."""
    ACTS[what](*given)


def back_up(out: str) -> None:
    take(Path(out), secret=SECRET, at=timezone.now())


def learn(domain: str, rounds: int) -> None:
    """Have so many learners finish and get a file, each with a line and a letter."""
    for _round in range(rounds):
        (attempt,) = learning.answered()
        learning.hand_in(attempt)
        row = Certificate.objects.get(enrolment__attempts=attempt)
        keep_file(row, pdf=f"%PDF-1.7 {row.pk}".encode(), at=timezone.now())
        note_a_look(row)
        post_letters(f"{row.pk}.{domain}", 1, 0)
    seal_the_log.func()


def note_a_look(row: Certificate) -> None:
    record_event(
        Event.Kind.LOOK,
        actor=None,
        purpose="drill",
        subjects=[row.holder],
        at=timezone.now(),
    )


ACTS = {"back up": back_up, "learn": learn}


def keys() -> dict[str, str]:
    """Return what a site needs to read another one's database, as its environment."""
    return {
        "SECRET_KEY": settings.SECRET_KEY,
        "NAME_HASH_KEY": settings.NAME_HASH_KEY,
        "AUDIT_KEY": settings.AUDIT_KEY,
        "MFA_KEYS": ",".join(settings.MFA_KEYS),
    }


def put_back(archive: str) -> list[str]:
    """Restore, and return what is not as it was."""
    return restore(Path(archive), secret=SECRET, at=timezone.now()).flaws


def send_all() -> int:
    """Send what may be sent, and return how many messages have arrived by then."""
    send_letters.func()
    return len(list(Path(settings.MAILBOX_DIR).glob("*.eml")))


def let_go() -> None:
    release(discard=False, at=timezone.now())


def backup(site: CrewedSite, rounds: int) -> list[Finding]:
    """Back up while learners finish, restore elsewhere, and compare."""
    domain = f"{uuid4().hex}.invalid"
    site.once(learn, domain, rounds)
    out = site.folder / f"{domain}.backup"
    learners = [["learn", domain, rounds]] * 2
    outcomes = site.at_once(act, [["back up", str(out)], *learners])
    manifest = read(out, secret=SECRET)
    awarded = manifest.counts[Certificate._meta.db_table]
    with another_site(site) as other:
        flaws = other.once(put_back, str(out))
        before = other.once(send_all)
        letters, compared = letters_and_files(other, domain)
        other.once(let_go)
        other.once(send_all)
        other.once(send_all)
        arrived = arrivals(other.folder / "mail", domain)
    return [
        Finding("processes that failed", sum(bool(o.ended) for o in outcomes), 0),
        Finding("rows backed up", sum(manifest.counts.values())),
        Finding("certificates backed up of three rounds", min(awarded, rounds), rounds),
        Finding("files that rows named and nobody had", manifest.missing, []),
        Finding("what differs in the copy", flaws, []),
        Finding("certificates compared, at most a sample", min(compared, SAMPLE)),
        Finding("mail of the copy before it was let go", before, 0),
        Finding("mail of the copy afterwards", len(arrived), letters),
        Finding("addresses that got one", len(set(arrived)), letters),
        Finding("letters in the copy at all", letters >= rounds, True),
    ]


def letters_and_files(other: CrewedSite, domain: str) -> tuple[int, int]:
    """Return how many letters of the drill wait in a copy, and how many have a file."""
    with connected_to(other.name):
        letters = Letter.objects.waiting().filter(address__endswith=domain)
        return letters.count(), Certificate.objects.rendered().count()


@contextmanager
def another_site(site: CrewedSite) -> Iterator[CrewedSite]:
    """Make a site with the same keys, without a table or a file; leave nothing."""
    manners = {k: v for k, v in site.environment.items() if k not in OF_A_PLACE}
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        scratch_database(Path(folder)) as name,
    ):
        manners |= site.once(keys)
        bare = bare_site(name, folder=Path(folder), **manners)
        with crewed(bare) as other:
            yield other
