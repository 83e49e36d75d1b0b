"""What follows from what happens on the floors below.

From a completed course a certificate, in the same transaction; from an account that was
made safe, or a person who is shielded, that links show the name no more.
"""

from django.dispatch import receiver
from django.utils import timezone

from certificates.actions import issue
from certificates.sharing import withdraw_links_of
from certificates.tasks import render_certificate
from courses.signals import course_completed
from lms.people.models import User
from lms.people.signals import ends_with_the_secret, shielded


@receiver(course_completed)
def a_full_enrolment_earns_a_certificate(sender, enrolment, at, **kwargs):
    if enrolment.full:
        certificate = issue(enrolment, at=at)
        render_certificate.enqueue(str(certificate.pk))


ends_with_the_secret(withdraw_links_of)


@receiver(shielded)
def links_end_behind_a_shield(sender, person: User, **_more):
    withdraw_links_of(person, at=timezone.now())
