"""Who may see which person, and whatever belongs to a person; the default is nobody."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

Viewer = Any  # a User or an AnonymousUser: the model is not loaded yet when this is


class ScopedQuerySet(models.QuerySet):
    """Rows about a person; every screen begins with `visible_to(viewer)`.

    `person_path` is the lookup that leads from a row to the person it is about.
    """

    person_path: str | None = None

    def visible_to(self, viewer: Viewer) -> Self:
        """Keep the rows about people whom `viewer` may see; nothing for a stranger."""
        if self.person_path is None or isinstance(viewer, AnonymousUser):
            return self.none()
        if not viewer.is_active:
            return self.none()
        return self.filter(people_in_sight_of(viewer, path=self.person_path))

    def own(self, viewer: Viewer) -> Self:
        """Keep the rows about the viewer, without asking how far they see beyond."""
        if self.person_path is None or isinstance(viewer, AnonymousUser):
            return self.none()
        return self.filter(**{self.person_path or "pk": viewer.pk})


def people_in_sight_of(viewer: Viewer, *, path: str = "") -> Q:
    """Return the filter for the people in sight: so far, oneself."""
    return Q(**{path or "pk": viewer.pk})
