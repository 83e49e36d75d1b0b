"""Opening the account of somebody who has proven their address."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.people import rules
from lms.people.actions.own import agree, register_post
from lms.people.models import Institution, User


def open_account(
    *,
    address: str,
    legal_name: str,
    password: str,
    language: str,
    notice: str,
    agreed_at: datetime,
    work: Mapping[str, Any] | None,
) -> User | None:
    """Make the account and return its person; None where the address has one.

    `password` is a hash already; `work` names the institution by its key. Of two who
    race for an address, one is made.
    """
    if filter_users_by_email(address):
        return None
    person = User(
        email=address,
        legal_name=legal_name,
        sort_name=rules.sort_name_of(legal_name),
        language=language,
        password=password,
    )
    try:
        with transaction.atomic():
            person.save()
            EmailAddress.objects.create(
                user=person, email=address, verified=True, primary=True
            )
            agree(person, version=notice, at=agreed_at)
            _register(person, work or {}, on=timezone.localdate(agreed_at))
    except IntegrityError:
        return None
    return person


def _register(person: User, work: Mapping[str, Any], *, on: date) -> None:
    """Write down where they said they work; not what left the list meanwhile.

    Who has no post then is asked for it on the page that asks whoever moves.
    """
    key = work.get("institution")
    listed = Institution.objects.filter(pk=key).first() if key else None
    if listed or work.get("institution_typed"):
        register_post(person, **{**work, "institution": listed}, on=on)
