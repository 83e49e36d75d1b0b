"""What the screens of learning say about certificates: a label and a link."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from certificates import wording
from certificates.models import Certificate
from courses.awards import AwardLink


def links(enrolment_ids: list[UUID], language: str) -> dict[UUID, AwardLink]:
    """Return the certificate of each enrolment that has one, by the enrolment's key.

    The caller has found the enrolments within somebody's sight.
    """
    earned = Certificate.objects.filter(enrolment__in=enrolment_ids).with_successor()
    today = timezone.localdate()
    with override(language):
        return {
            certificate.enrolment_id: {
                "url": reverse("certificate", args=[certificate.pk]),
                "label": wording.standing(
                    certificate, on=today, language=language
                ).words,
            }
            for certificate in earned
        }
