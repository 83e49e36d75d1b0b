"""Every address of the platform; the upper floors are mounted by name."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms.web import health

handler400 = "lms.web.errors.bad_request"
handler403 = "lms.web.errors.forbidden"
handler404 = "lms.web.errors.not_found"
handler500 = "lms.web.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.DEMO:
    urlpatterns.append(path("demo/mail/", include("lms.mail.urls")))
urlpatterns += i18n_patterns(
    path("account/", include("lms.people.urls")),
    path("account/", include("allauth.urls")),
    path("", include("courses.urls")),
    path("", include("certificates.urls")),
    path("", include(wagtail_urls)),
)
