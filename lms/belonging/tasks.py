"""Mails about belonging, which nobody waits for."""

from django.tasks import task
from django.urls import reverse
from django.utils.translation import override

from lms.mail.actions import from_here, send
from lms.people.models import Affiliation, User


@task()
def tell_refused(affiliation_id: int) -> None:
    """Mail a person that their post was not confirmed; never a shielded one."""
    post = Affiliation.objects.select_related("person").get(pk=affiliation_id)
    if post.refused_at is None or post.person.shielded:
        return
    with override(post.person.language):
        page = reverse("people_profile")
    send(post.person, "affiliation_refused", {"url": from_here(page)})


@task()
def tell_lifted(person_id: int) -> None:
    """Mail a person whose shield an officer ended; the letter does not say what."""
    person = User.objects.open().filter(pk=person_id).first()
    if person is not None:
        with override(person.language):
            page = reverse("shield")
        send(person, "shield_lifted", {"url": from_here(page)})


@task()
def tell_name_answered(person_id: int) -> None:
    """Mail a person that the name they asked for was answered; never a shielded one."""
    person = User.objects.get(pk=person_id)
    if person.shielded:
        return
    with override(person.language):
        page = reverse("people_profile")
    send(person, "name_answered", {"url": from_here(page)})
