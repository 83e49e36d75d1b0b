"""Letters about belonging: who is told what was answered, and what the letter says."""

from uuid import uuid4

from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to, post
from lms.people.models import Affiliation, User


@task()
def tell_refused(affiliation_id: int) -> None:
    """Post to a person that their post was not confirmed; never a shielded one."""
    refused = Affiliation.objects.select_related("person").get(pk=affiliation_id)
    if is_refused(refused):
        facts: Facts = {"post": affiliation_id}
        _tell(refused.person, "affiliation_refused", facts, urgent=False)


@task()
def tell_lifted(person_id: int) -> None:
    """Post to a person that an officer ended their shield; the letter does not say."""
    _tell(User.objects.get(pk=person_id), "shield_lifted")


@task()
def tell_shielded(person_id: int) -> None:
    """Post to a person that somebody shielded them; the letter does not say."""
    _tell(User.objects.get(pk=person_id), "shield_set")


@task()
def tell_name_answered(person_id: int) -> None:
    """Post to a person that the name they asked for was answered."""
    _tell(User.objects.get(pk=person_id), "name_answered", urgent=False)


def _tell(
    person: User, template: str, facts: Facts | None = None, *, urgent: bool = True
) -> None:
    """Write to the person; that a shield changed they are to know at once."""
    letter = letter_to(
        person,
        event=f"{template}:{uuid4()}",
        template=template,
        facts=facts,
        at=timezone.now(),
        urgent=urgent,
    )
    post([letter])


def is_refused(affiliation: Affiliation) -> bool:
    """Whether there is a refusal that may be mailed."""
    return affiliation.refused_at is not None and not affiliation.person.shielded


def affiliation_refused(letter: Letter) -> Facts | None:
    """Return where one reads of it; None once it is mended, or hidden."""
    refused = Affiliation.objects.filter(pk=letter.facts["post"]).first()
    if refused is None or not is_refused(refused):
        return None
    return {"url": from_here(reverse("people_profile"))}


def name_answered(letter: Letter) -> Facts | None:
    """Return where one reads the answer; of a shielded person nothing is mailed."""
    if letter.person.shielded:
        return None
    return {"url": from_here(reverse("people_profile"))}


def shield_changed(_letter: Letter) -> Facts:
    """Return where one finds it: the address of the page would say what it is."""
    return {"url": from_here(reverse("people_profile"))}
