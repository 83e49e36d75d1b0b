"""Adds the ground floor's pages to the editors' area."""

from wagtail import hooks

from lms.mail.troubles import DOCUMENT_MISSING
from lms.people.wagtail_account import same_for_all
from lms.queue.viewsets import DeadLetterViewSet, permission_to_revive
from lms.web.admin_look import colours, editing, to_the_site
from lms.web.files import look_for
from lms.web.recordings import in_parts

hooks.register("register_admin_viewset", DeadLetterViewSet)
hooks.register("register_permissions", permission_to_revive)
hooks.register("get_avatar_url", same_for_all)
hooks.register("insert_global_admin_css", colours)
hooks.register("insert_editor_js", editing)
hooks.register("register_admin_menu_item", to_the_site)


# After Wagtail's own, which asks who may read it.
@hooks.register("before_serve_document", order=100)
def document_is_there(document, request):
    """Say in a sentence that its file is missing; hand a recording out in parts."""
    look_for(document.file.storage, document.file.name, missing=DOCUMENT_MISSING)
    return in_parts(document, request)
