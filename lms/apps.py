"""The ground floor: people and the frame of the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lms import drills
from lms.people import kept


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = _("People and frame")

    def ready(self):
        # Connects the signals of the sign-in; registers periodic work.
        from lms.people import devices, tasks  # noqa: F401

        kept.register("lms.kept.lines")
        drills.register(
            "kill-workers", "lms.queue.drill.drill", rounds=50, on_a_site=False
        )
