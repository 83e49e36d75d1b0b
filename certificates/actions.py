"""Issuing a certificate, keeping its file, and writing down who checked or saw it."""

import secrets
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from hmac import compare_digest

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_noop

from certificates import rules
from certificates.models import Certificate
from courses.inperson.hours import assigned_at_the_time, entries_toward
from courses.models import Completion, Enrolment
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.models import Tries
from lms.people.models import User
from lms.people.rules import folded_before, name_hash
from lms.refusals import Refused


@transaction.atomic
def issue(enrolment: Enrolment, *, at: datetime) -> Certificate:
    """Return the enrolment's certificate, frozen now if it has none yet.

    Everything that the paper says is copied here; nothing is looked up again later.
    Raises `Refused`.
    """
    existing = Certificate.objects.filter(enrolment=enrolment).first()
    if existing:
        return existing
    holder, edition = enrolment.learner, enrolment.edition
    reasons = rules.refusals(
        completed_at=enrolment.completed_at,
        full=enrolment.full,
        holder_name=holder.legal_name,
    )
    if reasons:
        raise Refused(*reasons)
    salt = secrets.token_hex(16)
    issued_on = timezone.localdate(at)
    return Certificate.objects.create(
        code=rules.new_code(secrets.choice),
        enrolment=enrolment,
        holder=holder,
        holder_name=holder.legal_name,
        name_salt=salt,
        name_hash=name_hash(holder.legal_name, salt=salt, key=settings.NAME_HASH_KEY),
        language=holder.language,
        track=enrolment.track,
        titles=edition.titles,
        issuer=edition.issuer,
        edition_label=edition.label,
        norms_on=edition.norms_on,
        minutes=minutes_completed(enrolment),
        minutes_in_person=minutes_in_person(enrolment, at=at),
        issued_at=at,
        valid_until=rules.months_after(issued_on, edition.validity_months),
    )


def minutes_completed(enrolment: Enrolment) -> int:
    """Return the computed minutes of what was completed; never measured time."""
    done = Completion.objects.filter(enrolment=enrolment).values("activity")
    rows = enrolment.edition.activities.filter(activity__in=done)
    return sum(row.minutes_for(enrolment.track) for row in rows)


def minutes_in_person(enrolment: Enrolment, *, at: datetime) -> int:
    """Return the minutes in a room that count toward this course, each only once.

    An hour that an earlier certificate of the same cohort's programme counted is not
    counted again: two courses do not make two workshops of one.
    """
    counted = Certificate.objects.filter(
        Exists(
            assigned_at_the_time(OuterRef("issued_at")).filter(
                course=OuterRef("enrolment__course"),
                cohort=OuterRef(OuterRef("of_cohort")),
            )
        ),
        holder=enrolment.learner_id,
        issued_at__gte=OuterRef("at"),
    )
    rows = entries_toward(enrolment, at=at).filter(~Exists(counted))
    return sum(rows.values_list("minutes", flat=True))


@transaction.atomic
def keep_file(certificate: Certificate, *, pdf: bytes, at: datetime) -> bool:
    """Store the rendered file; return False, and store nothing, when there is one.

    The first update takes the row: others who race wait there and find it rendered.
    What a try that was killed has left under the name belongs to nobody yet.
    """
    waiting = Certificate.objects.filter(pk=certificate.pk).not_rendered()
    if not waiting.update(rendered_at=None):
        return False
    delete_file(str(certificate.pk))
    name = _storage().save(_file_of(str(certificate.pk)), ContentFile(pdf))
    waiting.update(pdf=name, sha256=sha256(pdf).hexdigest(), rendered_at=at)
    return True


def delete_file(certificate_id: str) -> None:
    """Delete the file of a certificate whose row knows none."""
    _storage().delete(_file_of(certificate_id))


def _storage() -> Storage:
    return Certificate._meta.get_field("pdf").storage


def _file_of(certificate_id: str) -> str:
    return f"certificates/{certificate_id}.pdf"


def mark_mailed(certificate: Certificate, *, at: datetime) -> bool:
    """Record that the holder was told; return whether this call is the first to."""
    untold = Certificate.objects.filter(pk=certificate.pk, mailed_at=None)
    return bool(untold.update(mailed_at=at))


def check_name(certificate: Certificate, *, typed: str, at: datetime) -> bool:
    """Return whether `typed` is the name on the paper; the holder can see the check.

    Raises `Refused` when the certificate was checked too often in the hour, whatever
    the name: a limit that only wrong names meet would tell which one is right.
    """
    if not Tries.objects.take(
        f"name-check:{certificate.pk}",
        limit=rules.NAME_CHECKS_PER_HOUR,
        per=timedelta(hours=1),
        at=at,
    ):
        raise Refused("certificate-checks-too-often")
    _note(
        Event.Kind.CHECK,
        certificate,
        by=None,
        purpose=gettext_noop("name check"),
        at=at,
    )
    return _is_name_of(certificate, typed)


def _is_name_of(certificate: Certificate, typed: str) -> bool:
    """Whether that is the holder's name, however its apostrophes are typed.

    Of papers issued before names were folded so, the name is hashed anew; where its
    holder was erased there is only the old hash.
    """
    hashed = partial(name_hash, salt=certificate.name_salt, key=settings.NAME_HASH_KEY)
    held = [certificate.name_hash]
    if certificate.holder_name:
        held.append(hashed(certificate.holder_name))
    offered = [hashed(typed), hashed(typed, fold=folded_before)]
    return any(compare_digest(one, other) for one in offered for other in held)


def note_look(
    certificate: Certificate, *, viewer: User | None, purpose: str, at: datetime
) -> None:
    """Leave a line in the audit log when somebody else sees the holder's name."""
    if viewer is None or viewer.pk != certificate.holder_id:
        _note(Event.Kind.LOOK, certificate, by=viewer, purpose=purpose, at=at)


def note_download(certificate: Certificate, *, by: User, at: datetime) -> None:
    """Leave a line in the audit log: the file left the platform."""
    _note(
        Event.Kind.EXPORT,
        certificate,
        by=by,
        purpose=gettext_noop("certificate file"),
        at=at,
    )


def note_share(certificate: Certificate, *, by: User, at: datetime) -> None:
    """Leave a line in the audit log: a link that shows the name was made."""
    _note(
        Event.Kind.EXPORT,
        certificate,
        by=by,
        purpose=gettext_noop("certificate link"),
        at=at,
    )


def _note(
    kind: Event.Kind,
    certificate: Certificate,
    *,
    by: User | None,
    purpose: str,
    at: datetime,
) -> None:
    record_event(
        kind,
        actor=by,
        purpose=purpose,
        subjects=[certificate.holder_id],
        fields=[gettext_noop("name")],
        at=at,
    )
