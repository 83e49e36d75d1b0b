"""What editors and administrators see of people: nothing to browse.

Closed three times over, because each of Wagtail's views asks in its own way: nobody has
a permission on people, the viewset lists none and is in no menu, and its addresses
answer 404 (`admin_urls.py`).
"""

from wagtail.permission_policies import BasePermissionPolicy
from wagtail.users.views.users import UserViewSet


class NobodyPolicy(BasePermissionPolicy):
    """Nobody may add, change, delete or look at people in the admin."""

    def user_has_permission(self, user, action):
        return False

    def user_has_any_permission(self, user, actions):
        return False

    def users_with_any_permission(self, actions):
        return self.model.objects.none()


class NobodyViewSet(UserViewSet):
    """Wagtail's users: an empty list, in no menu and in no search."""

    add_to_settings_menu = False

    def get_queryset(self, request):
        return self.model.objects.none()

    def register_search_area(self):
        """Offer no search for people."""
