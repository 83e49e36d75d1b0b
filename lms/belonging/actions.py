"""Answering people who say that they belong, shielding people, and other names."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.approvals.actions import ask, withdraw
from lms.approvals.models import Approval
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.belonging import rules
from lms.belonging.tasks import tell_lifted, tell_refused, tell_shielded
from lms.people.actions import rename
from lms.people.choices import Country
from lms.people.models import Affiliation, Institution, NameRequest, Shield, User
from lms.people.signals import shielded
from lms.refusals import Refused
from lms.team.membership import ruled_cohorts
from lms.team.tasks import apply_rules_in

CONFIRMED = gettext_noop("post confirmed")
REFUSED = gettext_noop("post not confirmed")
MAPPED = gettext_noop("typed institution replaced by one of the list")
SHIELDED = gettext_noop("person shielded")
LIFTED = gettext_noop("shield lifted")
ANOTHER_NAME = gettext_noop("change of a name")  # the kind of approval
NAME_ASKED = gettext_noop("another name asked for")
NAME = gettext_noop("name")
INSTITUTION = gettext_noop("institution")


@transaction.atomic
def confirm(
    affiliations: Sequence[Affiliation], *, by: User, at: datetime
) -> list[Affiliation]:
    """Say that these people belong; return those that nobody had answered before.

    A post that has been answered, or reads otherwise by now (also its person's name),
    stays as it is.
    """
    return _answer(affiliations, "confirmed", purpose=CONFIRMED, by=by, at=at)


@transaction.atomic
def refuse(
    affiliations: Sequence[Affiliation], *, by: User, at: datetime
) -> list[Affiliation]:
    """Say that these people do not belong, and tell them; shielded ones by no mail."""
    refused = _answer(affiliations, "refused", purpose=REFUSED, by=by, at=at)
    for affiliation in refused:
        if not affiliation.person.shielded:
            tell_refused.enqueue(affiliation.pk)
    return refused


def _answer(
    affiliations: Sequence[Affiliation],
    answer: str,
    *,
    purpose: str,
    by: User,
    at: datetime,
) -> list[Affiliation]:
    reasons = rules.own_claims([one.person_id for one in affiliations], by=by.pk)
    if reasons:
        raise Refused(*reasons)
    _hold([one.person_id for one in affiliations])
    facts = {f"{answer}_by": by, f"{answer}_at": at}
    rows = Affiliation.objects.filter(pk__in=[one.pk for one in affiliations])
    won = rows.unconfirmed().filter(_as_read(affiliations)).update(**facts)
    if not won:
        return []
    answered = list(rows.filter(**facts).select_related("person").order_by("pk"))
    _changed(answered, purpose=purpose, fields=[INSTITUTION], by=by, at=at)
    _let_rules_ask({one.person.country for one in answered})
    return answered


def _hold(people: Iterable[int]) -> None:
    """Let nobody of them change their name or post until this is stored."""
    rows = User.objects.filter(pk__in=people).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def _let_rules_ask(countries: set[str]) -> None:
    """Have the rules of cohorts read the posts of these countries anew."""
    ruled = ruled_cohorts().filter(country__in=countries)
    for country in (
        ruled.order_by("country").values_list("country", flat=True).distinct()
    ):
        apply_rules_in.enqueue(country)


def _as_read(affiliations: Iterable[Affiliation]) -> Q:
    read = Q()
    for one in affiliations:
        read |= Q(
            pk=one.pk,
            institution=one.institution_id,
            until_on=one.until_on,
            track=one.track,
            position=one.position,
            person__legal_name=one.person.legal_name,
            person__sort_name=one.person.sort_name,
        )
    return read


def _changed(
    affiliations: Iterable[Affiliation],
    *,
    purpose: str,
    fields: Iterable[str],
    by: User,
    at: datetime,
) -> None:
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=purpose,
        subjects=[one.person_id for one in affiliations],
        fields=fields,
        at=at,
    )


@transaction.atomic
def map_typed(
    text_key: str, *, country: Country, institution: Institution, by: User, at: datetime
) -> int:
    """Give the people of a country who typed that text the institution they meant.

    Returns how many of them may be listed: shielded people are given it as well, and
    nobody is told. They wait for that institution to confirm them. Nobody is left to be
    changed the second time.
    """
    if institution.country != country:
        raise Refused("other-country")
    rows = Affiliation.objects.standing(timezone.localdate(at)).filter(
        person__country=country, person__closed_at=None
    )
    written = rows.typed().values_list("pk", "institution_typed")
    meant = {pk: text for pk, text in written if rules.text_key(text) == text_key}
    typed = rows.typed().filter(pk__in=meant, institution_typed__in=set(meant.values()))
    if not typed.update(institution=institution, institution_typed=""):
        return 0
    mapped = rows.filter(pk__in=meant, institution=institution)
    _changed(mapped, purpose=MAPPED, fields=[INSTITUTION], by=by, at=at)
    listed = mapped.filter(person__shielded=False)
    return listed.values("person").distinct().count()


@transaction.atomic
def shield(person: User, *, by: User, reason: str, at: datetime) -> Shield:
    """Take the person out of every list; who is shielded already stays so.

    Tells others by `shielded`: what shows the name to whoever has a link ends, too.
    Whom somebody else shields is told that there is something to read, and no more.
    """
    standing, made = Shield.objects.get_or_create(
        person=person,
        lifted_at=None,
        defaults={"set_by": by, "set_at": at, "reason": reason},
    )
    if made:
        _mark(person, shielded=True, purpose=SHIELDED, by=by, at=at)
        shielded.send(sender=User, person=person)
        if by.pk != person.pk:
            tell_shielded.enqueue(person.pk)
    return standing


@transaction.atomic
def lift_shield(person: User, *, by: User, at: datetime) -> None:
    """Let the person be seen again by whom they belong to."""
    standing = Shield.objects.filter(person=person).standing()
    if not standing.update(lifted_by=by, lifted_at=at):
        return
    _mark(person, shielded=False, purpose=LIFTED, by=by, at=at)
    if by.pk != person.pk:
        tell_lifted.enqueue(person.pk)


def _mark(
    person: User, *, shielded: bool, purpose: str, by: User, at: datetime
) -> None:
    person.shielded = shielded
    person.save(update_fields=["shielded"])
    record_event(Event.Kind.CHANGE, actor=by, purpose=purpose, subjects=[person], at=at)


@transaction.atomic
def change_own_name(
    person: User, *, legal_name: str, sort_name: str, reason: str, at: datetime
) -> bool:
    """Change one's own name, and return whether it stands now.

    Where an institution has ever confirmed that the person is theirs, it is asked first
    (`lms.belonging.names` says which one): an official who was confirmed by one name
    takes no other unseen, also when that post is over.
    """
    # Two requests of one person wait for each other here.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    names = {"legal_name": legal_name, "sort_name": sort_name}
    if legal_name == person.legal_name:
        rename(person, **names, reason=reason, by=person, at=at)
        return True
    if Affiliation.objects.own(person).confirmed().exists():
        _ask(person, **names, reason=reason, at=at)
        return False
    take_back_name(person, at=at)
    rename(person, **names, reason=reason, by=person, at=at)
    return True


def _ask(
    person: User, *, legal_name: str, sort_name: str, reason: str, at: datetime
) -> None:
    """Ask once for the same; another name replaces the one that was asked for."""
    asked = {"person": person, "after": legal_name, "sort_name": sort_name}
    waiting = Approval.objects.filter(kind=ANOTHER_NAME).waiting(at).values("subject")
    if NameRequest.objects.open().filter(**asked, uuid__in=waiting).exists():
        return
    take_back_name(person, at=at)
    request = NameRequest.objects.create(
        **asked, before=person.legal_name, reason=reason, asked_at=at
    )
    record_event(
        Event.Kind.CHANGE,
        actor=person,
        purpose=NAME_ASKED,
        subjects=[person],
        fields=[NAME],
        at=at,
    )
    ask(ANOTHER_NAME, subject=request.uuid, by=person, reason=reason, at=at)


@transaction.atomic
def take_back_name(person: User, *, at: datetime) -> None:
    """Let nobody answer any more to the name that the person asked for, if any."""
    for request in NameRequest.objects.open().filter(person=person):
        withdraw(ANOTHER_NAME, subject=request.uuid, at=at)
        NameRequest.objects.filter(pk=request.pk).update(over_at=at)
