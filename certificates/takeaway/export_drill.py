"""Is every file of a report whole, or not there, wherever its worker is killed?

One worker dies at each point where making a file can; then a worker and beat go on.
"""

import csv
import subprocess
import time
from datetime import timedelta
from hashlib import file_digest
from io import StringIO
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone

from certificates.kill_drill import CLAIM, KILLED, LEASE, QUIETLY, spread, work_off
from certificates.lines.drawing import draw_all
from certificates.models import ReportFile
from certificates.takeaway import actions, keeping
from courses.drills import enrolled
from courses.models import Enrolment
from lms.audit.models import Event
from lms.drills import Finding
from lms.mail.models import Letter
from lms.people.choices import Country, Role
from lms.people.models import Affiliation, Institution, Mandate, User
from lms.queue.models import dead_letters
from lms.scratch import CrewedSite
from lms.trap import Trap

PEOPLE = 5
KINDS = ("csv", "xlsx", "json")
YEAR = timedelta(days=365)


def officer() -> list[str]:
    """Return an officer whose institution has people who take a course."""
    now = timezone.now()
    since, until = (now - YEAR).date(), (now + YEAR).date()
    court = Institution.objects.create(
        code=f"gt-{uuid4().hex[:12]}",
        country=Country.GUATEMALA,
        kind="judiciary",
        name_es="Tribunal",
        name_en="Court",
    )
    for _person in range(PEOPLE):
        enrolment, _final = enrolled()
        learner = Enrolment.objects.get(pk=enrolment).learner
        Affiliation.objects.create(
            person=learner,
            institution=court,
            track=learner.track,
            from_on=since,
            confirmed_at=now,
            confirmed_by=learner,
        )
    holder = User.objects.create_user(
        f"{uuid4().hex}@drill.example",
        None,
        legal_name="Inés Barrios",
        country=Country.GUATEMALA,
        holds_mandate=True,
    )
    Mandate.objects.create(
        holder=holder,
        address=holder.email,
        role=Role.MINISTRY,
        country=Country.GUATEMALA,
        institution=court,
        from_on=since,
        until_on=until,
        reason="Drill",
        granted_by=holder,
        granted_at=now,
        approved_at=now,
        accepted_at=now,
    )
    draw_all(at=now)
    return [str(holder.uuid)]


def ask(holder: str, number: int) -> str:
    """Ask for a file, of each kind in turn; return which."""
    file = actions.ask_for_file(
        User.objects.get(uuid=holder),
        query={},
        columns=["name", "state"],
        format=KINDS[number % len(KINDS)],
        language="es",
        at=timezone.now(),
    )
    return str(file.uuid)


def make_until(point: str | None) -> list[str]:
    """Do one task and be killed at the point; without one, return all there are."""
    with Trap(point).set(keeping.storage()) as passed:
        call_command("worker", max_tasks=1, **QUIETLY)
    return passed[passed.index(CLAIM) :] if CLAIM in passed else []


def kill_export(
    site: CrewedSite, rounds: int, *, lease: int = LEASE, most: int = 40
) -> list[Finding]:
    """Kill a worker at each point of making a file, then let all go on."""
    (holder,) = site.once(officer)
    found = [kill_once(site, holder, lease, most) for _round in range(rounds)]
    return [finding for findings in found for finding in findings]


def kill_once(site: CrewedSite, holder: str, lease: int, most: int) -> list[Finding]:
    site.once(work_off)
    site.once(ask, holder, 0)
    deaths = spread(site.once(make_until, None), most)
    site.once(work_off)
    files = [site.once(ask, holder, number) for number in range(len(deaths))]
    killed = site.at_once(make_until, [[point] for point in deaths])
    partial = [uuid for uuid in there(files) if not is_whole(site, uuid)]
    seconds = recover(site, files, lease)
    return [
        Finding("points of making a file", deaths),
        Finding("killed", sum(one.ended == KILLED for one in killed), len(deaths)),
        Finding("partial files downloadable after the kills", partial, []),
        *findings(site, files),
        Finding("seconds until the last file", seconds),
    ]


def there(files: list[str]) -> list[str]:
    """Return those of the files that their owner may fetch now."""
    rows = ReportFile.objects.filter(uuid__in=files)
    fetched = rows.downloadable(at=timezone.now())
    return [str(uuid) for uuid in fetched.values_list("uuid", flat=True)]


def is_whole(site: CrewedSite, uuid: str) -> bool:
    """Whether a file has the bytes that its row says, and all of its rows."""
    row = ReportFile.objects.get(uuid=uuid)
    path = site.private_file(row.name)
    with path.open("rb") as file:
        same = file_digest(file, "sha256").hexdigest() == row.digest
    if row.format != "csv":
        return same
    text = StringIO(path.read_text(encoding="utf-8-sig"), newline="")
    return same and len(list(csv.reader(text))) == 1 + PEOPLE


def recover(site: CrewedSite, files: list[str], lease: int) -> float:
    """Let a worker and beat go on; return the seconds until every file is there."""
    began = time.monotonic()
    quiet = {"stderr": subprocess.DEVNULL}
    with site.started("beat", **quiet), site.started("worker", **quiet):
        while len(there(files)) < len(files) and time.monotonic() < began + lease:
            time.sleep(0.2)
    return round(time.monotonic() - began, 1)


def findings(site: CrewedSite, files: list[str]) -> list[Finding]:
    """What became of the files in the end."""
    number = len(files)
    fetched = there(files)
    rows = ReportFile.objects.filter(uuid__in=files)
    exports = Event.objects.filter(pk__in=rows.values("event"))
    letters = Letter.objects.filter(event__in=[f"report-file:{uuid}" for uuid in files])
    whole = sum(is_whole(site, uuid) for uuid in fetched)
    return [
        Finding("files downloadable in the end", len(fetched), number),
        Finding("of these whole", whole, number),
        Finding("lines in the log", exports.count(), number),
        Finding("letters", letters.count(), number),
        Finding("dead letters", dead_letters().count(), 0),
    ]
