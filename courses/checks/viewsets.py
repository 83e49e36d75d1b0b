"""Which of Wagtail's screens of pages are ours."""

from wagtail.admin.viewsets.pages import PageViewSet

from courses.checks.editor import Adding, Editing
from courses.checks.listing import Listing, OfOneType, Searching
from courses.checks.taking_down import Deleting, Moving, Unpublishing


class CheckedPages(PageViewSet):
    """Wagtail's screens of all pages, with what is checked."""

    add_view_class = Adding
    edit_view_class = Editing
    index_view_class = Listing
    content_type_use_view_class = OfOneType
    search_view_class = Searching
    delete_view_class = Deleting
    move_confirm_view_class = Moving
    unpublish_view_class = Unpublishing
