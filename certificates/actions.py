"""Issuing a certificate, and keeping the file that was made of it."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certificates import rules
from certificates.models import Certificate
from courses.models import Completion, Enrolment
from lms.people.rules import name_hash
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
        issued_at=at,
        valid_until=rules.months_after(issued_on, edition.validity_months),
    )


def minutes_completed(enrolment: Enrolment) -> int:
    """Return the computed minutes of what was completed; never measured time."""
    done = Completion.objects.filter(enrolment=enrolment).values("activity")
    rows = enrolment.edition.activities.filter(activity__in=done)
    return sum(row.minutes for row in rows)


def keep_file(certificate: Certificate, *, pdf: bytes, at: datetime) -> bool:
    """Store the rendered file once; return whether this call's bytes are the ones kept.

    The file is written under the name of its content first, then the row that was
    still without one is updated: killed in between, the next try does both again.
    """
    digest = sha256(pdf).hexdigest()
    storage = Certificate._meta.get_field("pdf").storage
    name = f"certificates/{certificate.pk}-{digest[:12]}.pdf"
    if not storage.exists(name):
        name = storage.save(name, ContentFile(pdf))
    with transaction.atomic():
        won = (
            Certificate.objects.filter(pk=certificate.pk)
            .not_rendered()
            .update(pdf=name, sha256=digest, rendered_at=at)
        )
    if not won and not Certificate.objects.filter(pk=certificate.pk, pdf=name).exists():
        storage.delete(name)
    return bool(won)
