"""Awards: issue, verify, renew."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lms import drills
from lms.bench.register import register as register_bench
from lms.people import kept


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self):
        # Connects the signal and the checks; declares what is kept about people; tells
        # the floor below what was earned.
        from certificates import awards, checks, receivers, records  # noqa: F401 - see above
        from certificates.figures import tasks  # noqa: F401 - see above
        from courses.awards import register

        register(awards.links)
        kept.register("certificates.kept.lines")
        drills.register("races", "certificates.drills.races", rounds=3)
        drills.register(
            "kill-completion", "certificates.kill_drill.kill_completion", rounds=1
        )
        drills.register(
            "erase-people", "certificates.erase_drill.erase_people", rounds=100
        )
        drills.register(
            "canaries", "certificates.canary_drill.canaries_drill", rounds=1
        )
        drills.register(
            "suppression",
            "certificates.suppression_drill.suppression",
            rounds=1000,
            on_a_site=False,
        )
        register_bench("pages", "certificates.bench.pages.pages")
        register_bench("budgets", "certificates.bench.budgets.budgets")
