"""Mails about belonging, which nobody waits for."""

from django.tasks import task
from django.urls import reverse
from django.utils.translation import override

from lms.mail.actions import from_here, send
from lms.people.models import Affiliation


@task()
def tell_refused(affiliation_id: int) -> None:
    """Mail a person that their post was not confirmed; never a shielded one."""
    post = Affiliation.objects.select_related("person").get(pk=affiliation_id)
    if post.refused_at is None or post.person.shielded:
        return
    with override(post.person.language):
        page = reverse("people_post")
    send(post.person, "affiliation_refused", {"url": from_here(page)})
