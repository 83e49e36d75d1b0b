"""What editors and administrators see of people: nothing to browse."""

from wagtail.users.views.users import UserViewSet


class NobodyViewSet(UserViewSet):
    """Wagtail's list of users, empty and out of the menu."""

    def get_queryset(self, request):
        return super().get_queryset(request).none()
