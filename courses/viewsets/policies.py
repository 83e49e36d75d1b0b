"""Which actions a list of the editors' area offers at all."""

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy


class Only(ModelPermissionPolicy):
    """The named actions, to whom Django allows them; nothing else to anybody.

    Records of fact are read, superusers included; questions are never deleted.
    """

    def __init__(self, *actions: str, model: type[Model]):
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user, action):
        return action in self.actions and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)
