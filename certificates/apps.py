"""Awards: issue, verify, renew."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

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
        from certificates.coverage import records as _posts  # noqa: F401 - see above
        from certificates.coverage import tasks as post_tasks  # noqa: F401 - see above
        from certificates.figures import tasks as figure_tasks  # noqa: F401 - see above
        from certificates.lines import tasks as line_tasks  # noqa: F401 - see above
        from certificates.revoking import records as _changes  # noqa: F401 - see above
        from certificates.takeaway import clock  # noqa: F401 - see above
        from certificates.takeaway import records as _files  # noqa: F401 - see above
        from courses.awards import register
        from lms.approvals import kinds
        from lms.backup import files as backup_files
        from lms.backup import proofs
        from lms.mail import outbox

        register(awards.links)
        kept.register("certificates.kept.lines")
        kinds.register(
            "large export",
            act=gettext_noop("large file of a report"),
            decides="certificates.takeaway.second.decides",
            summary="certificates.takeaway.second.summary",
            carry_out="certificates.takeaway.second.carry_out",
            turn_down="certificates.takeaway.second.turn_down",
            rows="certificates.takeaway.second.rows",
            sentences="certificates.takeaway.second.SENTENCES",
            subjects="certificates.takeaway.second.subjects",
        )
        kinds.register(
            "certificate",
            act=gettext_noop("change of a certificate"),
            decides="certificates.revoking.approving.decides",
            summary="certificates.revoking.approving.summary",
            carry_out="certificates.revoking.approving.carry_out",
            turn_down="certificates.revoking.approving.turn_down",
            rows="certificates.revoking.approving.rows",
            sentences="certificates.revoking.approving.SENTENCES",
            subjects="certificates.revoking.approving.subjects",
        )
        outbox.register(
            "certificate_changed", "certificates.revoking.letters.certificate_changed"
        )
        outbox.register("certificate_ready", "certificates.tasks.certificate_ready")
        for letter in ("report_ready", "report_second", "report_stopped"):
            outbox.register(letter, f"certificates.takeaway.letters.{letter}")
        kept.register("certificates.coverage.kept.lines")
        backup_files.register("certificates.takeaway.keeping.kept_names")
        proofs.register("certificates.proofs.files_as_issued")
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
            "editors", "certificates.editors_drill.editors", rounds=2000, seeded=True
        )
        drills.register("report", "certificates.recount.drill.report", rounds=50)
        drills.register("backup", "certificates.backup_drill.backup", rounds=20)
        drills.register("fuzz-api", "certificates.fuzz_drill.fuzz_api", rounds=300)
        drills.register(
            "kill-export", "certificates.takeaway.export_drill.kill_export", rounds=1
        )
        drills.register(
            "suppression",
            "certificates.suppression_drill.suppression",
            rounds=5,
            on_a_site=False,
        )
        register_bench("pages", "certificates.bench.pages.pages")
        register_bench("reports", "certificates.bench.reporting.reports")
        register_bench("budgets", "certificates.bench.budgets.budgets")
