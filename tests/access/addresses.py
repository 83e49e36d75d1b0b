"""Every address of the resolver, filled in with what belongs to Ana."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import override

from certificates.canaries import word
from certificates.figures.actions import release
from certificates.figures.rules import quarter_of
from certificates.models import Certificate, ShareLink
from certificates.sharing import make_link
from courses.models import (
    Assignment,
    Attempt,
    Attendance,
    CountryNote,
    LessonPage,
    Workshop,
)
from lms.approvals.models import Approval
from lms.audit.models import Alarm
from lms.people.models import (
    Cohort,
    CohortTrainer,
    Invitation,
    Mandate,
    MembershipRule,
    SupportVisit,
)
from lms.team.actions import Asked, archive, invite
from lms.team.rules import invitation_token
from lms.tokens.models import Token
from tests.certificates.coverage.building import a_roster, held_post
from tests.courses.cases.small import a_run
from tests.courses.reasoning.building import a_page_of
from tests.factories import TrainingFactory, WorkshopFactory
from tests.keeping import kept
from tests.lms.tokens.making import making
from tests.posts.conftest import credential
from tests.posts.reports import a_report_file, a_saved_report
from tests.posts.staff import a_list

# What the figures of a week tell takes a second to reckon, for each of those who ask.
release_once = kept(release)
FOR_A_WHILE = timedelta(minutes=5)  # a support visit of theirs ends after fourteen
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
UNKNOWN = "00000000-0000-4000-8000-000000000000"
NUMBER = "999999999"


@dataclass(frozen=True)
class Address:
    """One pattern: the name it is known by here, its route, and the whole of it."""

    name: str
    route: str
    pattern: URLPattern

    @property
    def is_of_the_editors(self) -> bool:
        return self.route.startswith(("admin/", "documents/"))

    @property
    def given(self) -> list[str]:
        """The names of what the address carries."""
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)


def addresses(resolver=None) -> list[Address]:
    """Return every address; unnamed ones are known by their route."""
    with override("es"):
        known = list(_walk((resolver or get_resolver()).url_patterns))
    return [Address(p.name or route, route, p) for route, p in known]


def _walk(patterns, prefix="") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route, pattern


def filled(address: Address, things: dict[str, object]) -> str:
    """Return the address with those things in it; what is missing is unknown."""

    def thing(match):
        kind, name = match[1], match[2]
        key = f"{address.name}.{name}"
        if key in things or name in things:
            return str(things.get(key, things.get(name)))
        return {"uuid": UNKNOWN, "int": NUMBER}.get(kind, "x")

    if address.name == "wagtail_serve":
        return "/es/"
    path = re.sub(r"<(?:(\w+):)?(\w+)>", thing, plain(address.route))
    return f"/{path}{things.get(address.name + '?', '')}"


def plain(route: str) -> str:
    """Return the route with what is written as an expression made a name."""
    path = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route)
    path = re.sub(r"\((\[[^)]*|\\d\+|\.\*|\(\?:[^)]*\)\*)\)", "x", path)
    return re.sub(r"\(.*?\)\??|\[\w+\]|[\^$*.]+$|[\^$]", "", path)


def belonging_to_ana(people) -> dict[str, object]:
    """Return what an address may carry: Ana's, or of those who work with her."""
    # Before all else: what was reckoned is kept for the same rows alone.
    figures = figures_released()
    ana = people["ana"]
    device = UserSession.objects.create(user=ana, session_key="a" * 32, ip="::")
    key = Authenticator.objects.create(
        user=ana, type="webauthn", data={"name": "Llave", "credential": credential()}
    )
    award = Certificate.objects.get(holder=ana)
    attempt = Attempt.objects.get(enrolment__learner=ana)
    lesson = attempt.enrolment.course.activities.filter(kind="lesson").first()
    offer = Mandate.objects.get(address=ana.email)
    run = a_run(attempt.enrolment, at=timezone.now())
    held = held_post(ana, by=people["ines"])
    return {
        "certificate": award.pk,
        "typed": award.code,
        "enrolment": attempt.enrolment_id,
        "attempt": attempt.pk,
        "activity": attempt.activity_id,
        "finish_lesson.activity": lesson.pk,
        "lesson_note.activity": lesson.pk,
        "start_case.activity": run.activity_id,
        "run": run.pk,
        "paper": a_page_of(attempt.enrolment).pk,
        "step": "1",
        "course": attempt.enrolment.course_id,
        "device": device.pk,
        "pk": key.pk,
        "person": ana.uuid,
        "mandate": offer.uuid,
        "cohort": ana.cohorts.get().uuid,
        "cohort_record.cohort": an_archived_cohort(people["tomas"]).uuid,
        "rule": a_rule(ana.cohorts.get(), people["tomas"]).uuid,
        "take_off_trainer.person": people["tomas"].uuid,
        "assignment": an_assignment(ana, by=people["tomas"]).pk,
        "check": a_list(ana.cohorts.get(), by=people["tomas"]).uuid,
        "post": held.post.uuid,
        "holder": held.uuid,
        "roster": a_roster(by=people["ines"]).uuid,
        "place": "GT",
        "workshop": a_workshop(people).uuid,
        "training": TrainingFactory(entered_by=people["tomas"]).uuid,
        "note": a_note("GT").pk,
        "visit": SupportVisit.objects.get().uuid,
        "act": "close",
        "alarm": Alarm.objects.get().pk,
        **dict.fromkeys(
            ("revoke_token.token", "token_made.token"), a_token(people["ines"]).uuid
        ),
        **dict.fromkeys(
            ("api_certificate.code", "api_certificate_name.code"), award.code
        ),
        "give_back_mandate.mandate": people["tomas"].mandates.get().uuid,
        "end_mandate.mandate": people["ines"].mandates.get().uuid,
        "approval": Approval.objects.get().uuid,
        "grant_mandate.kind": "trainer",
        "lift_shield.person": people["silvia"].uuid,
        "typed_institution?": f"?country=GT&is={word(people['bruno'], 'typed')}",
        "cohort_file?": "?columns=name",
        "country_notes.country": "GT",
        "take_report_at_once.kind": "csv",
        **taken_away_by(people["ines"]),
        "country_figures.country": "GT",
        **figures,
        **invitation_of(ana),
        **pages_of_a_lesson(),
        "link": a_link(award).uuid,
    }


def a_link(award: Certificate) -> ShareLink:
    """Return a link that shows the name on the certificate."""
    make_link(award, by=award.holder, at=timezone.now())
    return award.share_links.get()


def taken_away_by(officer) -> dict[str, object]:
    """Return a file of a report, a saved report and its schedule, the officer's own."""
    saved = a_saved_report(officer)
    return {
        "file": a_report_file(officer).uuid,
        "report": saved.uuid,
        "schedule": saved.schedules.get().uuid,
    }


def lately() -> datetime:
    """Return a moment of the last minutes, the same for those who ask in a row."""
    now = timezone.now()
    return now - (now - BEGINNING) % FOR_A_WHILE


def figures_released() -> dict[str, object]:
    """Release the figures of this week; return how they are asked for."""
    at = lately()
    made = release_once(as_of=at, at=at)
    quarter = quarter_of(timezone.localdate(at))
    return {"week": made.week, "table": "countries", "quarter": quarter}


def an_archived_cohort(trainer) -> Cohort:
    """Return one that the trainer trained, with its record."""
    on = timezone.localdate()
    cohort = Cohort.objects.create(
        name="Archivada", country=trainer.country, from_on=on, until_on=on
    )
    CohortTrainer.objects.create(cohort=cohort, trainer=trainer, from_on=on)
    archive(cohort, by=trainer, at=timezone.now())
    return cohort


def a_rule(cohort: Cohort, trainer) -> MembershipRule:
    return MembershipRule.objects.create(
        cohort=cohort, track="opi", made_by=trainer, made_at=timezone.now()
    )


def invitation_of(ana) -> dict[str, object]:
    """Return an invitation of Ana's to her cohort, with the token of its letter."""
    cohort, now = ana.cohorts.get(), timezone.now()
    invite(cohort, by=cohort.trainers.get(), asked=[Asked(ana.email)], at=now)
    invitation = Invitation.objects.get(cohort=cohort)
    token = invitation_token(invitation.uuid, key=settings.SECRET_KEY)
    return {"invitation": invitation.uuid, "token": token}


def an_assignment(person, *, by) -> Assignment:
    """Assign the course that the person takes to their cohort."""
    return Assignment.objects.create(
        cohort=person.cohorts.get(),
        course=person.enrolments.first().course,
        assigned_by=by,
        assigned_at=timezone.now(),
    )


def a_workshop(people) -> Workshop:
    """Return a workshop of Ana's cohort, going on, at which she is marked absent."""
    now, tomas = timezone.now(), people["tomas"]
    workshop = WorkshopFactory(
        cohort=people["ana"].cohorts.get(),
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(hours=1),
        minutes=60,
        made_by=tomas,
    )
    Attendance.objects.create(
        workshop=workshop,
        person=people["ana"],
        present=False,
        how="typed",
        marked_by=tomas,
        marked_at=now,
    )
    return workshop


def a_token(holder) -> Token:
    """Return a token of somebody's mandate over an institution."""
    now = timezone.now()
    token, _secret = making(now)(holder.mandates.get(), days=1)
    return token


def a_note(country: str) -> CountryNote:
    return CountryNote.objects.create(
        country=country,
        topic="contacts",
        titles={"es": "Contactos", "en": "Contacts"},
        texts={"es": "Texto", "en": "Text"},
        checked_on=date(2026, 1, 1),
        owners={"es": "Secretaría", "en": "Secretariat"},
    )


def pages_of_a_lesson() -> dict[str, object]:
    """Return where a lesson with a drawing stands."""
    page = LessonPage.objects.filter(locale__language_code="es").order_by("pk").first()
    page.body.append(("drawing", {"drawing": "age-in-doubt"}))
    page.save_revision().publish()
    *_before, above, module, lesson = page.url.strip("/").split("/")
    parts = {"course": above, "module": module, "lesson": lesson}
    return {
        f"{name}.{part}": slug
        for name in ("lesson", "drawing_sheet")
        for part, slug in parts.items()
    } | {"drawing_sheet.drawing": "age-in-doubt"}
