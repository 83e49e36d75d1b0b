"""Every address of the platform, as the demo has them."""

from django.urls import include, path

from lms import urls
from lms.urls import handler404

__all__ = ["handler404", "urlpatterns"]

urlpatterns = [path("demo/mail/", include("lms.mail.urls")), *urls.urlpatterns]
