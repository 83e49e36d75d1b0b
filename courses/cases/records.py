"""What do cases keep about a person, and what becomes of it?"""

from typing import Any

from django.utils.translation import gettext_noop as _

from courses.cases.rules import option_of, steps_of
from courses.cases.words import role_name
from courses.models import CaseDecision, CaseRun
from courses.models.editions import in_language
from lms.people.records import Person, Rows, register

register(
    "courses.CaseRun",
    "enrolment__learner",
    _("Cases you walked through"),
    export=Rows("courses.cases.records.runs"),
    merge="keep",  # with their enrolment
    erase="keep",
)
register(
    "courses.CaseDecision",
    "run__enrolment__learner",
    _("What you decided in cases, and your reasons"),
    export=Rows("courses.cases.records.decisions"),
    merge="keep",  # with their run
    erase="delete",  # what they were worth stays with the run
)


def runs(person: Person, language: str) -> list[dict[str, Any]]:
    """Return each case the person began, as whom, and what it came to."""
    rows = CaseRun.objects.filter(enrolment__learner=person.pk)
    return [
        {
            _("title"): in_language(run.version.document["titles"], language),
            _("number"): run.number,
            _("role"): role_name(run.version.document, run.role, language),
            _("begun"): run.started_at,
            _("ended"): run.finished_at,
            _("critical error"): run.failed_at,
            _("percent"): run.score,
        }
        for run in rows.select_related("version").order_by("started_at", "pk")
    ]


def decisions(person: Person, language: str) -> list[dict[str, Any]]:
    """Return what the person decided and why, never what would have been better."""
    rows = CaseDecision.objects.filter(run__enrolment__learner=person.pk)
    return [
        _decision(row, row.run.version.document, language)
        for row in rows.select_related("run__version").order_by("at", "pk")
    ]


def _decision(
    row: CaseDecision, document: dict[str, Any], language: str
) -> dict[str, Any]:
    step = steps_of(document)[row.step]
    return {
        _("case"): in_language(document["titles"], language),
        _("step"): in_language(step["heading"], language),
        _("decision"): in_language(option_of(step, row.option)["text"], language),
        _("reasons"): row.reasons,
        _("at"): row.at,
    }
