"""Somebody of whom everything is recorded, with a token in every text."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import FormState
from wagtail.models import Comment, ModelLogEntry, Page

from certificates.actions import issue, keep_file
from certificates.tasks import render_certificate
from courses import actions
from lms.models import (
    Approval,
    Merger,
    NameChange,
    NameRequest,
    RoomWindow,
    Shield,
    SupportRequest,
    SupportVisit,
    User,
)
from lms.people.actions import agree
from tests import factories
from tests.courses.answering import begin, hand_in
from tests.factories import (
    AffiliationFactory,
    CohortFactory,
    EnrolmentFactory,
    MandateFactory,
    PersonFactory,
)

FILE = b"%PDF-1.7 zqbytes"
NAME = "Zqlegal Ruiz"
FIRST, SECOND = "zqfirst@example.org", "zqsecond@example.org"
# What the person reads in their export; the rest is about them and in other hands.
TOLD = [
    NAME,
    "zqsort",
    FIRST,
    SECOND,
    "zqtyped",
    "zqposition",
    "zqbefore",
    "zqafter",
    "zqwhy",
    "zqmandate",
    "zqended",
    "zqshield",
    "zqvisit",
    "zqhelp",
    "zqnew@example.org",
    "zqmerger",
    "zqmerged",
    "zqapproval",
    "zqdraft",
    "zqcomment",
    "zqrevoked",
]
TOKENS = [*TOLD, "zqoffer", "zqabout", "zqanswer", "zqlabel", "zqbytes"]


def seeded(*, by: User, edition, at) -> User:
    """Return a person with at least one row of most kinds."""
    person = PersonFactory(email=FIRST, legal_name=NAME, sort_name="zqsort")
    EmailAddress.objects.create(user=person, email=SECOND, verified=True)
    agree(person, version="2026-11", at=at)
    _worked(person, by=by, at=at)
    _was_helped(person, by=by, at=at)
    _learned(person, edition, at=at)
    _edited(person)
    _signed_in(person)
    return person


def _worked(person, *, by, at):
    AffiliationFactory(
        person=person,
        institution=None,
        institution_typed="zqtyped",
        position="zqposition",
    )
    NameChange.objects.create(
        person=person,
        by=person,
        at=at,
        before="zqbefore",
        after="zqafter",
        reason="zqwhy",
    )
    NameRequest.objects.create(
        person=person,
        before="zqbefore",
        after="zqasked",
        sort_name="zqsorted",
        reason="zqwhy",
        asked_at=at,
        over_at=at,
    )
    CohortFactory(members=[person], trainers=[person])
    held = MandateFactory(
        holder=person,
        reason="zqmandate",
        granted_by=by,
        ended_at=at,
        ended_by=by,
        ended_reason="zqended",
    )
    MandateFactory(
        holder=None,
        address=SECOND.upper(),
        reason="zqoffer",
        granted_by=by,
        accepted_at=None,
    )
    asked(person, reason="zqapproval", subject=uuid4(), at=at)
    asked(by, reason="zqabout", subject=held.uuid, at=at)
    RoomWindow.objects.create(
        trainer=person,
        address_hash="0",
        places=9,
        opened_at=at,
        until_at=at + timedelta(hours=1),
    )


def asked(person, *, reason, subject, at):
    return Approval.objects.create(
        kind="nothing",
        subject=subject,
        asked_by=person,
        asked_at=at,
        until_at=at + timedelta(days=7),
        reason=reason,
    )


def _was_helped(person, *, by, at):
    Shield.objects.create(
        person=person,
        set_by=by,
        set_at=at,
        reason="zqshield",
        lifted_by=by,
        lifted_at=at,
    )
    SupportVisit.objects.create(
        helper=by,
        person=person,
        reason="zqvisit",
        opened_at=at,
        until_at=at + timedelta(hours=1),
    )
    SupportRequest.objects.create(
        helper=by,
        person=person,
        act="mailbox",
        facts={"address": "zqnew@example.org", "checked": "video"},
        reason="zqhelp",
        asked_at=at,
    )
    other = PersonFactory(
        legal_name="zqmerged",
        is_active=False,
        closed_at=at,
        merged_into=person,
    )
    Merger.objects.create(
        kept=person,
        gone=other,
        asked_by=by,
        asked_at=at,
        reason="zqmerger",
        done_at=at,
    )


def _learned(person, edition, *, at):
    taken = EnrolmentFactory(learner=person, edition=edition)
    rows = [row.activity for row in edition.activities.select_related("activity")]
    actions.complete_activity(taken, activity=rows[0], language="es", revision=1, at=at)
    attempt = begin(taken, rows[2])
    hand_in(attempt)
    attempt.items.filter(position=2).update(answer=["zqanswer"])
    attempt.items.filter(position=3).update(answer=["zqanswer", "t"])
    other = factories.make_edition(factories.make_course_page(code="Z2", slug="zeta"))
    awarded(person, other, at=at)
    revoked = awarded(person, edition, at=at)
    type(revoked).objects.filter(pk=revoked.pk).update(
        revoked_at=at, revoked_reason="zqrevoked", revoked_for="earlier"
    )


def awarded(person, edition, *, at):
    """Return a certificate of the person, with its file."""
    taken = EnrolmentFactory(learner=person, edition=edition, completed_at=at)
    certificate = issue(taken, at=at)
    keep_file(certificate, pdf=FILE, at=at)
    certificate.refresh_from_db()
    return certificate


def _edited(person):
    page = Page.objects.order_by("depth", "pk").last()
    Comment.objects.create(
        page=page, user=person, text="zqcomment", contentpath="title"
    )
    people = ContentType.objects.get_for_model(User)
    FormState.objects.create(
        user=person,
        content_type=people,
        object_id="1",
        data="zqdraft",
        last_updated_at=person.joined_at,
    )
    ModelLogEntry.objects.create(
        content_type=people,
        object_id=str(person.pk),
        label="zqlabel",
        action="wagtail.edit",
        timestamp=person.joined_at,
        uuid=uuid4(),
        user=person,
    )


def _signed_in(person):
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )
    half_done = import_module(settings.SESSION_ENGINE).SessionStore()
    half_done["account_login"] = {"email": SECOND}
    half_done.save()
    render_certificate.enqueue(FIRST)
