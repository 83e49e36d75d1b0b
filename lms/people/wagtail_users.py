"""Wagtail's area of users, closed: nobody browses people (DESIGN.md, administrator)."""

from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "lms.people.viewsets.NobodyViewSet"

    def ready(self):
        super().ready()
        # By name: the viewsets need the models, which are loaded only now.
        policy = import_string("lms.people.viewsets.NobodyPolicy")
        register = import_string("wagtail.permissions.register_permission_policy")
        register(get_user_model(), policy(get_user_model()))
