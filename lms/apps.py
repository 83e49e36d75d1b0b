"""The ground floor: people and the frame of the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lms import drills


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = _("People and frame")

    def ready(self):
        drills.register(
            "kill-workers", "lms.queue.drill.drill", rounds=50, on_a_site=False
        )
