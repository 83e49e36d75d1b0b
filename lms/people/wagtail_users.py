"""Wagtail's area of users, closed: nobody browses people (DESIGN.md, administrator)."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "lms.people.viewsets.NobodyViewSet"
