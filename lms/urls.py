"""Every address of the platform; the upper floors are mounted by name."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms.people.views import page_door
from lms.web import health, machines, pages

handler400 = "lms.web.errors.bad_request"
handler403 = "lms.web.errors.forbidden"
handler404 = "lms.web.errors.not_found"
handler429 = "lms.web.errors.too_many_requests"  # asked for by allauth
handler500 = "lms.web.errors.server_error"

urlpatterns = [
    path("", pages.front_door, name="front_door"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("security.md", machines.security_policy, name="security_policy"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("lms.api.urls")),
    path("admin/", include("lms.people.admin_urls")),
    path("", include("certificates.public_urls")),
    path("", include("courses.public_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.DEMO:  # elsewhere the proxy serves the pictures of lessons
    urlpatterns += [
        path("demo/mail/", include("lms.mail.urls")),
        path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    ]
urlpatterns += i18n_patterns(
    path("", include("lms.web.urls")),
    path("account/shield/", include("lms.belonging.own_urls")),
    path("account/profile/", include("lms.belonging.profile_urls")),
    path("account/", include("lms.people.urls")),
    path("mandates/tokens/", include("lms.tokens.urls")),
    path("mandates/", include("lms.mandates.urls")),
    path("approvals/", include("lms.approvals.urls")),
    path("reports/", include("lms.belonging.urls")),
    path("team/", include("courses.following.urls")),
    path("team/", include("lms.team.urls")),
    path("cohorts/", include("lms.team.own_urls")),
    path("join/", include("lms.team.join_urls")),
    path("region/", include("lms.mandates.region_urls")),
    path("support/mandates/", include("lms.mandates.holders_urls")),
    path("support/", include("lms.support.urls")),
    path("", include("certificates.urls")),
    path("", include("courses.urls")),
    path("_util/login/", page_door),  # before Wagtail's own
    path("", include(wagtail_urls)),
)
