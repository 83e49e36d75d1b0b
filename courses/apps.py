"""Learning: pages, quizzes, progress."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lms import drills
from lms.people import kept


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self):
        # Connects Wagtail's signals; declares what is kept about people.
        from courses import receivers, records  # noqa: F401 - see above
        from courses.assigning import tasks as _superiors  # noqa: F401 - see above
        from courses.bin import tasks as _bin  # noqa: F401 - see above
        from courses.cases import records as _cases  # noqa: F401 - see above
        from courses.following import tasks  # noqa: F401 - see above
        from courses.inperson import records as _in_person  # noqa: F401 - see above
        from courses.notes import records as _notes  # noqa: F401 - see above
        from courses.notes import tasks as _forgetting_notes  # noqa: F401 - see above
        from courses.reasoning import records as _reasons  # noqa: F401 - see above
        from courses.reasoning import tasks as _forgetting  # noqa: F401 - see above
        from courses.starting import start_of
        from lms.approvals import kinds
        from lms.backup import files as backup_files
        from lms.mail import outbox
        from lms.people import duties, starts
        from lms.team import record

        duties.register_waiting("team", "courses.following.cohorts.waits_for")
        record.register("courses.cohort_record.lines")
        kept.register("courses.kept.lines")
        kept.register("courses.cases.kept.lines")
        kept.register("courses.inperson.kept.lines")
        kept.register("courses.reasoning.kept.lines")
        kept.register("courses.notes.kept.lines")
        backup_files.register(
            "courses.questions.pictures.kept_names", storage="default"
        )
        for letter in ("assigned", "superior_request", "superior_answer"):
            outbox.register(letter, f"courses.assigning.mails.{letter}")
        for letter in ("reminder", "escalation", "digest"):
            outbox.register(letter, f"courses.following.letters.{letter}")
        for letter in ("regraded", "lowered"):
            outbox.register(letter, f"courses.correcting.letters.{letter}")
        kinds.register(
            "lower marks",
            act=gettext_noop("marks that fall by a corrected key"),
            decides="courses.correcting.signing.decides",
            summary="courses.correcting.signing.summary",
            carry_out="courses.correcting.signing.carry_out",
            turn_down="courses.correcting.signing.turn_down",
            rows="courses.correcting.signing.rows",
            sentences="courses.correcting.signing.SENTENCES",
            subjects="courses.correcting.signing.subjects",
        )
        starts.register(start_of)
        drills.register("deadlines", "courses.deadline_drill.deadlines", rounds=500)
        drills.register("kill-web", "courses.web_drill.kill_web", rounds=10)
        drills.register("analysis", "courses.analysis.drill.analysis", rounds=100_000)
        drills.register("blind", "courses.items.drill.blind", rounds=12)
        drills.register("saving", "courses.saving_drill.saving", rounds=100)
