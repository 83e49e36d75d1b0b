"""Who may see which person, and whatever belongs to a person; the default is nobody.

Everything is one filter of one query, mandates included: what a mandate no longer
covers is gone from the next query, be it of a page, a file half written or queued work.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from lms.people import rules
from lms.people.choices import Role

Viewer = Any  # a User or an AnonymousUser: the model is not loaded yet when this is


class ScopedQuerySet(models.QuerySet):
    """Rows about a person; every screen begins with `visible_to(viewer)`.

    `person_path` is the lookup that leads from a row to the person it is about.
    `dated_by` opens the rows to mandates: they are in sight where each of those moments
    (the ones that are set) falls into the time in which the person belonged to the
    viewer. Empty: the person belongs to the viewer today. None, the default: no mandate
    shows such rows to anybody.
    """

    person_path: str | None = None
    dated_by: Sequence[str] | None = None

    def visible_to(self, viewer: Viewer, *, on: date | None = None) -> Self:
        """Keep the rows about people whom `viewer` may see; nothing for a stranger.

        `on` is the day that is asked about: mandates must stand on it. Default: today.
        """
        rows = self.if_signed_in(viewer)
        if self.person_path is None:
            return rows.none()
        return rows.filter(
            people_in_sight_of(
                viewer,
                path=self.person_path,
                dated_by=self.dated_by,
                on=on or timezone.localdate(),
            )
        )

    def own(self, viewer: Viewer) -> Self:
        """Keep the rows about the viewer, without asking how far they see beyond."""
        if self.person_path is None or isinstance(viewer, AnonymousUser):
            return self.none()
        return self.filter(**{self.person_path or "pk": viewer.pk})

    def if_signed_in(self, viewer: Viewer) -> Self:
        """Keep everything for somebody with an open account, nothing for others."""
        if isinstance(viewer, AnonymousUser) or not viewer.is_active:
            return self.none()
        return self.all()


def sees_only_oneself(viewer: Viewer) -> bool:
    """Whether nothing needs to be asked: nobody ever granted them a mandate."""
    return isinstance(viewer, AnonymousUser) or not viewer.holds_mandate


def one_person(viewer: Viewer, *, path: str) -> Q:
    """Return the filter for rows that name the viewer, or an account become theirs."""
    return Q(**{path: viewer.pk}) | Q(**{f"{path}__merged_into": viewer.pk})


def in_force(on: Any, *, path: str = "") -> Q:
    """Return the filter for rows whose `from_on` and `until_on` hold that day.

    `on` is a date or an expression for one; `path` leads to the row ("person__…__").
    """
    return Q(**{f"{path}from_on__lte": on}) & (
        Q(**{f"{path}until_on": None}) | Q(**{f"{path}until_on__gte": on})
    )


def standing_mandate(on: date) -> Q:
    """Return the filter for mandates that show something on that day."""
    return Q(
        accepted_at__isnull=False,
        ended_at=None,
        from_on__lte=on,
        until_on__gte=on,
        holder__is_active=True,
    )


def standing_mandates(viewer: Viewer, role: Role, *, on: date) -> models.QuerySet:
    """Return the viewer's mandates of that role which stand on that day.

    For a program that acts by one mandate of theirs, that one alone.
    """
    mandates = apps.get_model("lms", "Mandate").objects
    held = mandates.filter(standing_mandate(on), holder=viewer.pk, role=role)
    one = getattr(viewer, "by_mandate", None)
    return held if one is None else held.filter(pk=one)


def people_in_sight_of(
    viewer: Viewer, *, path: str = "", dated_by: Sequence[str] | None = (), on: date
) -> Q:
    """Return the filter for the people in sight: oneself, and by mandate others.

    The secretariat sees figures only, and people support one account at a time
    (`SupportVisit`): neither adds anybody here.
    """
    sight = Q(**{path or "pk": viewer.pk})
    if dated_by is None or sees_only_oneself(viewer):
        return sight
    person = OuterRef(path or "pk")
    for times in belonging_to(viewer, on=on):
        of_person = times.filter(person=person)
        beyond = Q(Exists(of_person.filter(in_force(on)))) if not dated_by else Q()
        for moment in dated_by:
            covered = Exists(of_person.filter(in_force(_day_of(moment))))
            beyond &= Q(**{moment: None}) | Q(covered)
        sight |= beyond
    return sight


def _day_of(moment: str) -> TruncDate:
    return TruncDate(ExpressionWrapper(OuterRef(moment), output_field=DateTimeField()))


def belonging_to(viewer: Viewer, *, on: date) -> Iterator[models.QuerySet]:
    """Yield the times, with a person each, in which people belonged to the viewer.

    Shielded people belong to the two officers of their country, and to nobody else.
    """
    yield _posts_in_sight_of(viewer, on=on)
    members = apps.get_model("lms", "CohortMember").objects.filter(
        person__shielded=False
    )
    yield members.filter(cohorts_in_sight_of(viewer, on=on, path="cohort__"))
    guarded = standing_mandates(viewer, Role.PROTECTION, on=on)
    yield apps.get_model("lms", "Affiliation").objects.filter(
        Exists(guarded.filter(country=OuterRef("person__country"))),
        person__shielded=True,
    )


def _posts_in_sight_of(viewer: Viewer, *, on: date) -> models.QuerySet:
    """Return the confirmed posts at institutions of the viewer's ministry mandates."""
    claims = apps.get_model("lms", "Affiliation").objects.confirmed()
    return claims.filter(
        institutions_in_sight_of(viewer, on=on), person__shielded=False
    )


def at_institutions_of(viewer: Viewer, *, person: str, moment: str, on: date) -> Q:
    """Return the filter for rows whose person worked, at that moment of the row, where
    a ministry mandate of the viewer reaches; shielded people never did.
    """
    posts = _posts_in_sight_of(viewer, on=on).filter(person=OuterRef(person))
    return Q(Exists(posts.filter(in_force(_day_of(moment)))))


def institutions_in_sight_of(
    viewer: Viewer, *, on: date, path: str = "institution__"
) -> Q:
    """Return the filter for institutions that a ministry mandate of the viewer covers.

    A country's covers all of its institutions; an institution's covers those below it.
    """
    mandates = standing_mandates(viewer, Role.MINISTRY, on=on)
    country = mandates.filter(institution=None, country=OuterRef(f"{path}country"))
    named = mandates.filter(
        Q(institution=OuterRef(f"{path}pk")) | Q(institution=OuterRef(f"{path}parent"))
    )
    return Q(Exists(country)) | Q(Exists(named))


def claims_in_sight_of(viewer: Viewer, *, on: date) -> Q:
    """Return the filter for affiliations that the viewer may confirm or refuse."""
    ours = institutions_in_sight_of(viewer, on=on) & Q(person__shielded=False)
    guarded = standing_mandates(viewer, Role.PROTECTION, on=on)
    return ours | Q(
        Exists(guarded.filter(country=OuterRef("person__country"))),
        person__shielded=True,
    )


def affiliations_in_sight_of(viewer: Viewer, *, on: date) -> Q:
    """Return the filter for posts in sight: one's own, and those one's mandate covers.

    Of a person in sight, the posts they held elsewhere stay out of it.
    """
    sight = Q(person=viewer.pk)
    if sees_only_oneself(viewer):
        return sight
    trained = apps.get_model("lms", "CohortMember").objects.filter(
        cohorts_in_sight_of(viewer, on=on, path="cohort__"),
        in_force(on),
        person=OuterRef("person"),
    )
    confirmed = Q(confirmed_at__isnull=False) & claims_in_sight_of(viewer, on=on)
    standing = Q(Exists(trained)) & Q(person__shielded=False) & in_force(on)
    return sight | confirmed | standing


def cohorts_in_sight_of(viewer: Viewer, *, on: date | None = None, path: str = "") -> Q:
    """Return the filter for the cohorts one trains in the country of one's mandate.

    Whoever will come is seen before the first day; a while after the last one, nobody.
    """
    on = on or timezone.localdate()
    mandates = standing_mandates(viewer, Role.TRAINER, on=on)
    trained = apps.get_model("lms", "CohortTrainer").objects.filter(
        in_force(on), trainer=viewer.pk, cohort=OuterRef(f"{path}pk")
    )
    return Q(
        Exists(trained),
        Exists(mandates.filter(country=OuterRef(f"{path}country"))),
        **{f"{path}until_on__gte": on - rules.COHORTS_CLOSE_WITHIN},
    )


def trainings_in_sight_of(viewer: Viewer, *, on: date | None = None) -> Q:
    """Return the filter for who trains: oneself, and one's own cohorts' trainers.

    Those of the cohorts that one trains oneself, and in which one learns that day;
    a while after a cohort's last one, nobody.
    """
    on = on or timezone.localdate()
    learns = apps.get_model("lms", "CohortMember").objects.filter(
        in_force(on), person=viewer.pk, cohort=OuterRef("cohort")
    )
    since = on - rules.COHORTS_CLOSE_WITHIN
    learned = Q(Exists(learns), cohort__until_on__gte=since)
    others = learned | cohorts_in_sight_of(viewer, on=on, path="cohort__")
    return Q(trainer=viewer.pk) | (others & Q(trainer__shielded=False))


def mandates_in_sight_of(viewer: Viewer, *, on: date | None = None) -> Q:
    """Return the filter for mandates in sight: one's own, and those below one's own.

    The chain: administrator, secretariat, country, institution. Those of shielded
    people are in the sight of the two officers of their country as well.
    """
    if viewer.is_superuser:
        return Q()
    on = on or timezone.localdate()
    sight = Q(holder=viewer.pk)
    if sees_only_oneself(viewer):
        return sight
    sight |= mandates_behind_shields(viewer, on=on)
    region = standing_mandates(viewer, Role.SECRETARIAT, on=on)
    sight |= Q(Exists(region)) & ~Q(role=Role.SECRETARIAT)
    country = standing_mandates(viewer, Role.MINISTRY, on=on).filter(
        institution=None, country=OuterRef("country")
    )
    return sight | (Q(Exists(country)) & Q(institution__isnull=False))


def mandates_behind_shields(viewer: Viewer, *, on: date) -> Q:
    """Return the filter for mandates that shielded people of one's country hold.

    Nobody else who grants finds them: without these two, a shield would keep a mandate.
    """
    guarded = standing_mandates(viewer, Role.PROTECTION, on=on)
    ours = Exists(guarded.filter(country=OuterRef("holder__country")))
    return Q(ours, holder__shielded=True)
