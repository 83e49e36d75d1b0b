"""What follows from a completed course: a certificate, in the same transaction."""

from django.dispatch import receiver

from certificates.actions import issue
from certificates.tasks import render_certificate
from courses.signals import course_completed


@receiver(course_completed)
def a_full_enrolment_earns_a_certificate(sender, enrolment, at, **kwargs):
    if enrolment.full:
        certificate = issue(enrolment, at=at)
        render_certificate.enqueue(str(certificate.pk))
