"""What people say about themselves: that they agree, their language, their post."""

from datetime import date, datetime

from django.db import transaction

from lms.people import rules
from lms.people.models import Affiliation, Consent, Institution, User


def agree(person: User, *, version: str, at: datetime) -> Consent:
    """Record that the person agreed to that version of the privacy notice."""
    consent, _made = Consent.objects.get_or_create(
        person=person, version=version, defaults={"at": at}
    )
    return consent


def change_language(person: User, *, language: str) -> None:
    """Change the language of the person's screens and mails."""
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def register_post(
    person: User,
    *,
    country: str,
    institution: Institution | None,
    institution_typed: str,
    track: str,
    position: str,
    on: date,
) -> Affiliation:
    """Record where the person works from that day on, and return the affiliation.

    The post held until now ends the day before; the same post again changes nothing,
    and one written down the same day, confirmed by nobody, is corrected in place.
    """
    person.country, person.track = country, track
    # First of all, so that two requests of one person wait for each other here.
    person.save(update_fields=["country", "track"])
    post = {
        "institution": institution,
        "institution_typed": institution_typed,
        "track": track,
        "position": position,
    }
    standing = Affiliation.objects.filter(person=person, until_on=None).first()
    if standing is None:
        return Affiliation.objects.create(person=person, from_on=on, **post)
    if all(getattr(standing, field) == value for field, value in post.items()):
        return standing
    if rules.may_be_corrected(
        from_on=standing.from_on,
        confirmed_at=standing.confirmed_at or standing.refused_at,
        on=on,
    ) and _correct(standing, post):
        standing.refresh_from_db()
        return standing
    standing.until_on = rules.last_day_before(on, from_on=standing.from_on)
    standing.save(update_fields=["until_on"])
    return Affiliation.objects.create(person=person, from_on=on, **post)


def _correct(affiliation: Affiliation, post: dict) -> bool:
    """Change what nobody has answered yet; of who answers meanwhile, that one wins."""
    rows = Affiliation.objects.unconfirmed().filter(
        pk=affiliation.pk, institution=affiliation.institution_id
    )
    return bool(rows.update(**post))
