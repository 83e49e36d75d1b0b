"""Doors of Wagtail's admin that stay shut, mounted before its own addresses.

People come in by our sign-in, with its limits and its second step; and nobody browses
people, superusers included (DESIGN.md §1, administrator). Wagtail's views of users ask
for a permission on the class, which a superuser always has, so the addresses go. Nor
does our server ask another one for whatever address an editor types.
"""

from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from lms.people import views
from lms.people.wagtail_account import OwnAccountView
from lms.web.admin_words import OwnWordsFirst

# Wagtail's own door stands before its addresses, not before ours.
own_account = never_cache(require_admin_access(OwnAccountView.as_view()))
own_words = require_admin_access(OwnWordsFirst.as_view())

urlpatterns = [
    path("login/", views.admin_door, name="admin_door"),
    path("account/", own_account, name="admin_account"),
    path("localize/jsi18n/", own_words),
    re_path(r"^password_reset/", views.nobody),
    re_path(r"^embeds/", views.nobody),
    re_path(r"^users/", views.nobody),
    re_path(r"^bulk/lms/[Uu][Ss][Ee][Rr]/", views.nobody),
]
