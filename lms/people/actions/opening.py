"""Opening the account of somebody who has proven their address."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.db import IntegrityError, transaction

from lms.people import rules
from lms.people.actions.own import agree
from lms.people.models import User


def open_account(
    *,
    address: str,
    legal_name: str,
    password: str,
    language: str,
    notice: str,
    agreed_at: datetime,
) -> User | None:
    """Make the account and return its person; None where the address has one.

    `password` is a hash already. Of two who race for an address, one is made.
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
    except IntegrityError:
        return None
    return person
