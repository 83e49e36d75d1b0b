"""Is nothing of an erased person left, and does their paper still stand?"""

import json
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from certificates.actions import check_name, keep_file
from certificates.drills import files_of
from certificates.erase_marks import plant, unmarked
from certificates.models import Certificate
from courses import drills as learning
from courses.models import AttemptItem, Enrolment
from lms.drills import Finding
from lms.people import actions
from lms.people.models import User
from lms.people.rules import name_hash
from lms.scratch import CrewedSite


def awarded() -> list[str]:
    """Return the certificate of somebody whose every text carries a mark.

    With the name that is on it, and the SHA-256 of its file.
    """
    (attempt,) = learning.answered()
    learning.hand_in(attempt)
    row = Certificate.objects.get(enrolment__attempts=attempt)
    mark = f"zq{uuid4().hex}"
    # The name was frozen at issue: of these people it is the mark's from the start.
    name = f"Ana {mark}"
    content = f"%PDF-1.7 {mark}".encode()
    keep_file(row, pdf=content, at=timezone.now())
    Certificate.objects.filter(pk=row.pk).update(
        holder_name=name,
        name_hash=name_hash(name, salt=row.name_salt, key=settings.NAME_HASH_KEY),
    )
    _mark(row.holder, mark=mark, name=name)
    return [str(row.pk), name, sha256(content).hexdigest()]


def _mark(person: User, *, mark: str, name: str) -> None:
    """Leave the mark wherever a person leaves words, or others do."""
    address = f"{mark}@drill.example"
    User.objects.filter(pk=person.pk).update(
        email=address, legal_name=name, sort_name=mark, folded_name=mark
    )
    person.emailaddress_set.update(email=address)
    items = AttemptItem.objects.filter(attempt__enrolment__learner=person)
    items.update(answer=[mark])
    session = SessionStore()
    session["account_login"] = {"email": address}
    session.save()
    person.refresh_from_db()
    plant(person, mark=mark)


def erase(certificate: str) -> None:
    """Erase the holder, as their own request would."""
    holder = Certificate.objects.get(pk=certificate).holder
    actions.erase(holder, by=holder, at=timezone.now())


def marks_left(marks: list[str]) -> int:
    """Count the marks that stand in any row of any table, sessions read out."""
    words = stored_words().casefold()
    return sum(mark in words for mark in marks)


def stored_words() -> str:
    """Return every row of every table as text, sessions read out."""
    said = [json.dumps(row.get_decoded()) for row in Session.objects.all()]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {quote(table)}")  # noqa: S608 - our tables
            said += [str(row) for row in cursor.fetchall()]
    return "\n".join(said)


def verifies(certificate: str, name: str, digest: str) -> bool:
    """Whether the paper stands by the name and the bytes, and by no other name."""
    row = Certificate.objects.get(pk=certificate)
    now = timezone.now()
    return (
        row.holder_name == ""
        and row.sha256 == digest
        and check_name(row, typed=name, at=now)
        and not check_name(row, typed="Otra Persona", at=now)
    )


def erase_people(site: CrewedSite, rounds: int) -> list[Finding]:
    """Erase so many people, each asked for twice at once, and look for their marks."""
    papers = [site.once(awarded) for _round in range(rounds)]
    marks = [name.split()[-1] for _certificate, name, _digest in papers]
    keys = [certificate for certificate, _name, _digest in papers]
    before = site.once(marks_left, marks)
    bare = [column for mark in marks for column in site.once(unmarked, mark)]
    outcomes = [
        outcome for key in keys for outcome in site.at_once(erase, [[key], [key]])
    ]
    kept = Enrolment.objects.filter(certificate__in=keys)
    return [
        Finding("marks before", before, rounds),
        Finding("columns in which no mark stood", bare, []),
        Finding("processes that failed", sum(bool(o.ended) for o in outcomes), 0),
        Finding("marks left in any table", site.once(marks_left, marks), 0),
        Finding("files left", sum(files_of(site, key) for key in keys), 0),
        Finding(
            "papers that verify", sum(site.once(verifies, *p) for p in papers), rounds
        ),
        Finding("enrolments kept", kept.completed().count(), rounds),
        Finding("people erased", User.objects.exclude(erased_at=None).count(), rounds),
    ]
