"""The ground floor: people and the frame of the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lms import drills
from lms.people import kept

LETTERS = {  # by template: who draws it
    "account_closed": "lms.people.actions.leaving.last_letter",
    "account_erased": "lms.people.actions.leaving.last_letter",
    "affiliation_refused": "lms.belonging.tasks.affiliation_refused",
    "alarm": "lms.audit.tasks.alarm",
    "editors": "lms.mail.editors.editors",
    "failed_tasks": "lms.mail.failed.failed_tasks",
    "mandate_ended": "lms.mandates.mails.mandate_ended",
    "mandate_offer": "lms.mandates.mails.mandate_offer",
    "name_answered": "lms.belonging.tasks.name_answered",
    "shield_lifted": "lms.belonging.tasks.shield_changed",
    "shield_set": "lms.belonging.tasks.shield_changed",
    "support_asked_to_move": "lms.support.mails.notice",
    "support_changed": "lms.support.mails.notice",
    "support_moved": "lms.support.mails.notice",
    "support_new_address": "lms.mail.drawing.as_posted",
    "token_made": "lms.tokens.mails.token_made",
}


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = _("People and frame")

    def ready(self):
        # Connects the signals of the sign-in; registers periodic work and records.
        from lms import records  # noqa: F401 - see above
        from lms.approvals import kinds
        from lms.audit import tasks as audit_tasks  # noqa: F401 - see above
        from lms.mail import bounces, editors, failed, outbox  # noqa: F401 - see above
        from lms.mandates import tasks as mandate_tasks  # noqa: F401 - see above
        from lms.people import (  # noqa: F401 - see above
            devices,
            duties,
            former,
            letters,
            recovery_codes,
            second_factor,
            session_policy,
            tasks,
        )
        from lms.team import record
        from lms.team import tasks as team_tasks  # noqa: F401 - see above
        from lms.tokens import receivers  # noqa: F401 - see above
        from lms.web import checks, pictures  # noqa: F401 - see above
        from lms.web import tasks as web_tasks  # noqa: F401 - see above

        for name, act, decides in (
            ("mandate", gettext_noop("granting of a mandate"), "decides"),
            (
                "regional mandate",
                gettext_noop("granting of a mandate over the region"),
                "decides_regional",
            ),
        ):
            kinds.register(
                name,
                act=act,
                decides=f"lms.mandates.approving.{decides}",
                summary="lms.mandates.approving.summary",
                carry_out="lms.mandates.approving.carry_out",
                turn_down="lms.mandates.approving.turn_down",
                rows="lms.mandates.approving.rows",
                sentences="lms.mandates.approving.SENTENCES",
            )
        kinds.register(
            "merge",
            act=gettext_noop("merger of two accounts"),
            decides="lms.support.merging.decides",
            summary="lms.support.merging.summary",
            carry_out="lms.support.merging.carry_out",
            turn_down="lms.support.merging.turn_down",
            rows="lms.support.merging.rows",
            sentences="lms.support.merging.SENTENCES",
        )
        kinds.register(
            "support",
            act=gettext_noop("help with an account"),
            decides="lms.support.asking.decides",
            summary="lms.support.asking.summary",
            carry_out="lms.support.asking.carry_out",
            turn_down="lms.support.asking.turn_down",
            rows="lms.support.asking.rows",
            sentences="lms.support.asking.SENTENCES",
        )
        kinds.register(
            "change of a name",
            act=gettext_noop("change of a name"),
            decides="lms.belonging.names.decides",
            summary="lms.belonging.names.summary",
            carry_out="lms.belonging.names.carry_out",
            turn_down="lms.belonging.names.turn_down",
            rows="lms.belonging.names.rows",
            sentences="lms.belonging.names.SENTENCES",
            subjects="lms.belonging.names.subjects",
        )
        duties.register_waiting("reports", "lms.belonging.people.waits_for")
        duties.register_waiting("support", "lms.support.accounts.waits_for")
        duties.register_waiting("approvals", "lms.approvals.desk.waits_for")
        outbox.register("invitation", "lms.team.letters.invitation")
        outbox.register("mandate_code", "lms.mandates.mails.mandate_code")
        outbox.register("account_unused", "lms.people.retention.account_unused")
        outbox.register("trouble", "lms.mail.troubles.trouble")
        for template, path in LETTERS.items():
            outbox.register(template, path)
        for template in letters.TEMPLATES:
            outbox.register(template, "lms.people.letters.draw")
        kept.register("lms.people.typed.lines")
        kept.register("lms.tokens.kept.lines")
        kept.register("lms.belonging.kept.lines")
        kept.register("lms.kept.lines")
        record.register("lms.team.record.lines")
        drills.register("login-limits", "lms.people.limits_drill.drill", rounds=1000)
        drills.register("timing", "lms.people.timing_drill.drill", rounds=500)
        drills.register(
            "kill-workers", "lms.queue.drill.drill", rounds=50, on_a_site=False
        )
        outbox.register("drill/letter", "lms.mail.drill.draw")
        drills.register("letters", "lms.mail.outage_drill.drill", rounds=500)
        drills.register("clock", "lms.queue.clock_drill.drill", rounds=1)
        drills.register("audit-edits", "lms.audit.drill.drill", rounds=100)
        drills.register("redeem-once", "lms.team.redeem_drill.drill", rounds=50)
