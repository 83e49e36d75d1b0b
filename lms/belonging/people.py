"""Who belongs to the institutions of an officer, and who says so without an answer?

What is listed begins with `visible_to` or `claims_for`; a figure counts whoever may be
listed, so that it tells nothing of shielded people. Closed accounts belong to nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lms.belonging import rules
from lms.folding import folded_text
from lms.people.models import Affiliation, Institution, Shield, User
from lms.people.scope import in_force, institutions_in_sight_of

PER_PAGE = 50
BY_NAME = ("person__folded_name", "pk")
# What a reader may sort by: the word in the address, and the columns behind it.
SORTS = {"name": BY_NAME, "since": ("from_on", *BY_NAME)}


@dataclass(frozen=True, slots=True)
class Totals:
    """How many people belong, and how many say so.

    `waiting` are the lines of the queue: for an officer for shielded people, theirs
    are among them.
    """

    confirmed: int
    unconfirmed: int
    waiting: int


def institutions_of(viewer: User, *, on: date) -> QuerySet[Institution]:
    """Return the institutions that a ministry mandate of the viewer covers."""
    return Institution.objects.filter(institutions_in_sight_of(viewer, on=on, path=""))


def figures_of(viewer: User, *, on: date) -> list[Institution]:
    """Return those institutions, each with how many people it has, in one query."""
    today = in_force(on, path="affiliations__") & Q(
        affiliations__person__closed_at=None, affiliations__person__shielded=False
    )
    confirmed, unconfirmed = _answers("affiliations__")
    counted = institutions_of(viewer, on=on).annotate(
        confirmed=_people("affiliations__", today & confirmed),
        unconfirmed=_people("affiliations__", today & unconfirmed),
    )
    return sorted(counted, key=_by_country_and_name)


def _by_country_and_name(institution: Institution) -> tuple[str, str]:
    country = str(institution.get_country_display())
    return folded_text(country), folded_text(str(institution))


def totals_of(viewer: User, *, on: date) -> Totals:
    """Return the figures of all those institutions together."""
    confirmed, unconfirmed = _answers("")
    rows = Affiliation.objects.standing(on).filter(
        institutions_in_sight_of(viewer, on=on),
        person__closed_at=None,
        person__shielded=False,
    )
    return Totals(
        **rows.aggregate(
            confirmed=_people("", confirmed), unconfirmed=_people("", unconfirmed)
        ),
        waiting=claims_of(viewer, on=on).count(),
    )


def _answers(path: str) -> tuple[Q, Q]:
    unconfirmed = Q(**{f"{path}confirmed_at": None, f"{path}refused_at": None})
    return Q(**{f"{path}confirmed_at__isnull": False}), unconfirmed


def _people(path: str, which: Q) -> Count:
    return Count(f"{path}person", filter=which, distinct=True)


def posts_ever_in_sight(viewer: User, *, on: date) -> QuerySet[Affiliation]:
    """Return the confirmed posts, past ones too, in institutions of the viewer."""
    return (
        Affiliation.objects.visible_to(viewer, on=on)
        .confirmed()
        .filter(
            institutions_in_sight_of(viewer, on=on),
            person__shielded=False,
            person__closed_at=None,
        )
        .select_related("person", "institution")
    )


def posts_in_sight(viewer: User, *, on: date) -> QuerySet[Affiliation]:
    """Return the posts of today that a ministry mandate of the viewer shows."""
    return posts_ever_in_sight(viewer, on=on).standing(on)


def narrowed(
    posts: QuerySet[Affiliation],
    *,
    words: str,
    institution: Institution | None,
    track: str,
) -> QuerySet[Affiliation]:
    """Keep the posts of people with those words in their name, there, in that track."""
    for word in folded_text(words).split():
        posts = posts.filter(person__folded_name__contains=word)
    if institution:
        posts = posts.filter(institution=institution)
    return posts.filter(track=track) if track else posts


def claims_of(viewer: User, *, on: date) -> QuerySet[Affiliation]:
    """Return what people say and the viewer may answer, with whose address it is."""
    primary = EmailAddress.objects.filter(
        user=OuterRef("person"), primary=True, verified=True
    )
    return (
        Affiliation.objects.claims_for(viewer, on=on)
        .filter(person__closed_at=None)
        .select_related("person", "institution")
        .annotate(address=Subquery(primary.values("email")[:1]))
        .order_by("institution__code", *BY_NAME)
    )


def waits_for(viewer: User, at: datetime) -> bool:
    """Whether somebody who says that they belong waits for the viewer's answer."""
    return claims_of(viewer, on=timezone.localdate(at)).exists()


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of the queue: of the address, a screen gets the domain alone.

    The form sends `key` back: which claim it is, and a digest of what was shown of it.
    """

    post: Affiliation
    key: str
    domain: str
    is_own: bool


def lines_of(claims: Iterable[Affiliation], *, viewer: User) -> list[Claim]:
    """Return the lines of the queue for these claims."""
    return [
        Claim(
            post,
            key_of(post),
            rules.domain_of(post.address),
            post.person_id == viewer.pk,
        )
        for post in claims
    ]


def key_of(post: Affiliation) -> str:
    """Return which claim it is, and a digest of what an officer reads of it."""
    person = post.person
    shown = [
        person.legal_name,
        person.sort_name,
        post.institution.code,
        post.track,
        post.position,
    ]
    return f"{post.pk}-{rules.digest_of(shown, key=settings.SECRET_KEY)}"


@dataclass(frozen=True, slots=True)
class TypedText:
    """A place that is not in the list: how it was typed, and by how many people."""

    country: str
    key: str
    spellings: list[str]
    people: int


def typed_texts(countries: Iterable[str], *, on: date) -> list[TypedText]:
    """Return what people of these countries typed, most frequent first; of nobody.

    Texts that differ in case, accents or signs only are one. What shielded people typed
    is left out: a text may be one person's alone.
    """
    counted = (
        Affiliation.objects.typed()
        .standing(on)
        .filter(
            person__country__in=countries,
            person__closed_at=None,
            person__shielded=False,
        )
        .values_list("person__country", "institution_typed")
        .annotate(people=Count("person", distinct=True))
        .order_by("-people", "institution_typed")
    )
    groups: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for country, text, people in counted:
        groups.setdefault((country, rules.text_key(text)), []).append((text, people))
    texts = [
        TypedText(country, key, [text for text, _n in rows], sum(n for _t, n in rows))
        for (country, key), rows in groups.items()
    ]
    return sorted(texts, key=lambda one: (-one.people, one.country, one.key))


def shielded_people(
    viewer: User, *, countries: Sequence[str], on: date
) -> QuerySet[User]:
    """Return the shielded people of these countries whom the viewer may see."""
    return (
        User.objects.visible_to(viewer, on=on)
        .filter(shielded=True, country__in=countries, closed_at=None)
        .order_by("folded_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Shielded:
    """A shielded person with the posts they hold today, and since when they are."""

    person: User
    posts: list[Affiliation]
    shield: Shield | None


def with_posts(people: Iterable[User], *, viewer: User, on: date) -> list[Shielded]:
    """Return these people with their posts of today that the viewer may see."""
    people = list(people)
    seen = Affiliation.objects.visible_to(viewer, on=on)
    said = Affiliation.objects.claims_for(viewer, on=on)
    rows = Affiliation.objects.standing(on).filter(
        Q(pk__in=seen.values("pk")) | Q(pk__in=said.values("pk")), person__in=people
    )
    posts: dict[int, list[Affiliation]] = {}
    for post in rows.select_related("institution").order_by("from_on", "pk"):
        posts.setdefault(post.person_id, []).append(post)
    standing = Shield.objects.filter(person__in=people).standing()
    shields = {shield.person_id: shield for shield in standing}
    return [
        Shielded(person, posts.get(person.pk, []), shields.get(person.pk))
        for person in people
    ]
