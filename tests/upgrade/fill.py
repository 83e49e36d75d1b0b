"""Fills an empty database with invented people and all they did, by the code of then.

`make_dump.sh` runs it inside a checkout of commit 822ad4d: what is imported here is the
code of that commit, and this file changes only with another dump.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from facts import AT, PASSWORD, PDF, SECRET
from wagtail.search.models import IndexEntry

from certificates.actions import check_name, keep_file, note_look
from certificates.lines.drawing import draw_all
from certificates.models import Certificate
from certificates.recount import stirring
from certificates.region import history
from certificates.region.posts import load_posts
from certificates.region.releases import release_past
from certificates.takeaway.actions import (
    ask_for_file,
    save_report,
    schedule_report,
)
from courses.actions import enrol, sign_review
from courses.assigning.actions.feeds import renew_feed
from courses.assigning.actions.programme import assign
from courses.assigning.actions.starting import name_superior
from courses.assigning.rules import Dates
from courses.cases import rules as cases
from courses.cases.actions import decide as decide_in_case
from courses.cases.actions import start_run
from courses.following.actions.reminding import remind
from courses.models import Activity, Course, LessonPage
from lms.approvals.actions import decide
from lms.audit.actions import seal
from lms.audit.models import Alarm
from lms.demo import cast, region
from lms.mandates.actions import grant
from lms.people.actions import rename
from lms.people.choices import Role, Track
from lms.people.institutions import load_institutions
from lms.people.models import Cohort, Mandate, SupportRequest, User
from lms.people.rooms import open_room
from lms.queue.actions import say_alive
from lms.support.actions import ask_merger, open_visit
from lms.team.actions import Asked, add_rule, invite, open_code
from lms.team.roster.actions import check_list, keep
from lms.team.roster.tables import Line, Reading
from lms.tokens.actions import make

DAY = timedelta(days=1)
PEOPLE = 140
SEED = 2026
CHANGED = 3  # people to whom each thing happens that a report could get wrong
COURSE = "trafficking"
FIXTURES = settings.BASE_DIR / "fixtures"


def fill() -> None:
    """Fill the database, and print which tables of ours hold nothing."""
    with time_machine.travel(AT, tick=False):
        write_all()
    print("empty:", *empty_tables() or ["none"])  # noqa: T201 - for whoever makes it


def write_all() -> None:
    set_up()
    who = the_cast()
    tell_of_a_small_region()
    learn(who)
    follow(who)
    support(who)
    take_away(who)
    stirring.SOME = CHANGED
    stirring.stir(at=AT, seed=SEED)
    certify(who)
    draw_all(at=AT)
    seal(at=AT)
    # `update_index` makes them anew after each upgrade; they are half of the pages.
    IndexEntry.objects.all().delete()


def set_up() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_institutions(FIXTURES / "institutions.csv")
    with one_course() as content:
        call_command("load_courses", content)


def the_cast() -> dict[str, User]:
    """Return the demo's people by the first part of their addresses."""
    people = cast.call_the_cast(PASSWORD, at=AT)
    who = {one.email.split("@")[0]: one for one in people}
    Group.objects.get(name="Moderators").user_set.add(who["elena"])
    return who


@contextmanager
def one_course() -> Iterator[Path]:
    """Make a folder of links to what there is to load, but of one course alone."""
    with TemporaryDirectory() as name:
        shelf = Path(name) / "courses"
        shelf.mkdir()
        for path in FIXTURES.iterdir():
            if path.name != shelf.name:
                (Path(name) / path.name).symlink_to(path)
        for path in (FIXTURES / shelf.name / COURSE, *FIXTURES.glob("courses/*.md")):
            (shelf / path.name).symlink_to(path)
        yield Path(name)


def tell_of_a_small_region() -> None:
    """The demo's region with a part of its people, in cohorts that are as small."""
    region.CLAIMS = CHANGED
    history.OF_TOMAS = [smaller(plan, 6) for plan in history.OF_TOMAS]
    history.OF_A_PUPIL = smaller(history.OF_A_PUPIL, 2)
    history.ELSEWHERE = [smaller(plan, 4) for plan in history.ELSEWHERE]
    region.people_the_region(at=AT, people=PEOPLE, seed=SEED)
    history.tell_history(at=AT, seed=SEED)
    draw_all(at=AT)
    load_posts(at=AT)
    release_past(at=AT)


def smaller(plan: history.Plan, part: int) -> history.Plan:
    counts = ("passed", "started", "silent", "failed", "waiting")
    return replace(plan, **{one: ceil(getattr(plan, one) / part) for one in counts})


def learn(who: dict[str, User]) -> None:
    """Ana begins a case, Bruno waits for his superior, Elena signs a lesson."""
    course = Course.objects.order_by("code").first()
    enrolment = enrol(who["ana"], course=course, at=AT)
    case = Activity.objects.filter(course=course, kind=Activity.Kind.CASE).first()
    run = start_run(enrolment, activity=case, role=Track.JUDGE, at=AT)
    document = run.version.document
    step = cases.next_step(document, run.role, [])
    option = cases.options_for(cases.steps_of(document)[step], run.role)[0]
    decide_in_case(
        run, step=step, option=option["key"], reasons="Así.", language="es", at=AT
    )
    Cohort.objects.filter(name=cast.COHORT).update(asks_superior=True)
    cohort = Cohort.objects.get(name=cast.COHORT)
    assigned = assign(
        cohort,
        course,
        by=who["tomas"],
        dates=Dates(due_on=(AT + 30 * DAY).date()),
        at=AT,
    )
    name_superior(
        who["bruno"],
        assignment=assigned,
        name="Jefatura inventada",
        address="jefatura@institution.example",
        at=AT,
    )
    renew_feed(who["ana"], at=AT)
    lessons = LessonPage.objects.live().filter(has_unpublished_changes=False)
    sign_review(lessons.order_by("pk").first(), by=who["elena"], at=AT)


def follow(who: dict[str, User]) -> None:
    """Tomás invites, reminds, opens a code and a room, and gives a list to read."""
    cohort, tomas = Cohort.objects.get(name=cast.COHORT), who["tomas"]
    remind(cohort, {who["ana"].uuid}, by=tomas, at=AT)
    asked = [Asked("invitada@institution.example", {"name": "Persona Invitada"})]
    invite(cohort, by=tomas, asked=asked, at=AT)
    open_code(cohort, by=tomas, places=30, hours=4, at=AT)
    add_rule(cohort, by=tomas, institution=None, track=Track.JUDGE, at=AT)
    lines = [Line(2, {"address": "lista@institution.example", "name": "De la Lista"})]
    report = check_list(cohort, by=tomas, reading=Reading(lines), at=AT)
    keep(cohort, by=tomas, report=report, at=AT)
    open_room(tomas, address="192.0.2.7", places=30, minutes=30, at=AT)


def support(who: dict[str, User]) -> None:
    """Administrators make one of two accounts; what needs a second person waits."""
    neighbours = User.objects.filter(email__endswith=f"@{region.DOMAIN}")
    kept, gone = neighbours.filter(country="BZ", shielded=False).order_by("-pk")[:2]
    visit = open_visit(kept.email, by=who["admin"], reason="Dos cuentas", at=AT)
    merger = ask_merger(visit, kept=kept, gone=gone, reason="Dos cuentas", at=AT)
    decide(merger, approve=True, by=who["olga"], at=AT)
    SupportRequest.objects.create(
        helper=who["admin"],
        person=who["tomas"],
        act=SupportRequest.Act.SECOND_STEP,
        reason="Perdió el teléfono",
        asked_at=AT,
    )
    rename(
        who["carla"],
        legal_name="Carla Zelaya de Núñez",
        reason="Matrimonio",
        by=who["carla"],
        at=AT,
    )
    grant(
        who["sofia"],
        address="nueva@institution.example",
        role=Role.TRAINER,
        country="GT",
        institution=None,
        from_on=AT.date(),
        until_on=(AT + 90 * DAY).date(),
        reason="Oficio 1-2026",
        at=AT,
    )
    Alarm.objects.create(
        actor=who["admin"], hour_at=AT, people=30, usual=2, raised_at=AT
    )
    TOTP.activate(who["hugo"], SECRET)
    say_alive("worker", at=AT)
    call_command("beat", once=True)
    seal(at=AT)


def take_away(who: dict[str, User]) -> None:
    """Inés saves a report, has it made each month, and takes a file; Pilar a token."""
    ines = who["ines"]
    (mandate,) = Mandate.objects.filter(holder=ines)
    saved = save_report(
        ines,
        mandate=mandate,
        name="Cada mes",
        query={"state": "late"},
        columns=["name", "state"],
        at=AT,
    )
    schedule_report(saved, every="month", day=1, format="csv", recipients=[ines], at=AT)
    ask_for_file(
        ines, query={}, columns=["name", "state"], format="csv", language="es", at=AT
    )
    theirs = Mandate.objects.get(holder=who["pilar"], role=Role.MINISTRY)
    make(theirs, by=who["pilar"], name="Tablero", until_on=AT.date() + 30 * DAY, at=AT)


def certify(who: dict[str, User]) -> None:
    """One certificate has a file, was checked by name and seen by somebody else."""
    standing = Certificate.objects.standing(AT.date()).filter(erased_at=None)
    newest = standing.order_by("-issued_at").first()
    keep_file(newest, pdf=PDF, at=AT)
    check_name(newest, typed=newest.holder_name, at=AT)
    note_look(newest, viewer=who["ines"], purpose="certificate", at=AT)


def empty_tables() -> list[str]:
    """Return the models of ours of which the database holds nothing."""
    ours = [apps.get_app_config(one) for one in ("lms", "courses", "certificates")]
    models = [model for app in ours for model in app.get_models()]
    return sorted(m._meta.label for m in models if not m._base_manager.exists())
