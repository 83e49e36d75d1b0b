"""Beginning a case, deciding at a step, ending a run that failed: kept for good."""

from datetime import datetime

from django.db import transaction

from courses.actions.enrolments import complete_activity
from courses.cases import rules
from courses.cases.document import digest_of
from courses.cases.live import live_document
from courses.models import Activity, CaseDecision, CaseRun, CaseVersion, Enrolment
from courses.syllabus import activities_of
from lms.refusals import Refused


@transaction.atomic
def start_run(
    enrolment: Enrolment, *, activity: Activity, role: str, at: datetime
) -> CaseRun:
    """Return the learner's open run of the case, begun if there is none.

    The text of today is frozen with it. Raises `Refused`.
    """
    existing = enrolment.case_runs.filter(activity=activity).open().first()
    if existing:
        return existing
    document = live_document(activity.pk)
    reasons = rules.refusals_to_start(
        is_withdrawn=enrolment.withdrawn_at is not None,
        is_covered=_is_covered(enrolment, activity),
        is_live=document is not None,
        role_is_open=document is not None
        and role in _roles_open(enrolment, activity, document),
    )
    if reasons or document is None:
        raise Refused(*reasons)
    return _begin(enrolment, activity, role, _kept(activity, document, at=at), at=at)


def _is_covered(enrolment: Enrolment, activity: Activity) -> bool:
    return activity.kind == Activity.Kind.CASE and activity.pk in {
        row.activity_id for row in activities_of(enrolment)
    }


def _roles_open(
    enrolment: Enrolment, activity: Activity, document: rules.Part
) -> list[str]:
    return rules.roles_open(
        document["roles"],
        track=enrolment.track,
        completed=enrolment.completions.filter(activity=activity).exists(),
    )


def _kept(activity: Activity, document: rules.Part, *, at: datetime) -> CaseVersion:
    version, _made = CaseVersion.objects.get_or_create(
        activity=activity,
        digest=digest_of(document),
        defaults={"document": document, "made_at": at},
    )
    return version


def _begin(
    enrolment: Enrolment,
    activity: Activity,
    role: str,
    version: CaseVersion,
    *,
    at: datetime,
) -> CaseRun:
    mine = CaseRun(
        enrolment=enrolment,
        activity=activity,
        version=version,
        number=enrolment.case_runs.filter(activity=activity).count() + 1,
        role=role,
        asked=rules.PASS,
        started_at=at,
    )
    # Of two who begin at once the constraint lets one in.
    CaseRun.objects.bulk_create([mine], ignore_conflicts=True)
    return enrolment.case_runs.filter(activity=activity).open().get()


@transaction.atomic
def decide(
    run: CaseRun, *, step: str, option: str, reasons: str, language: str, at: datetime
) -> CaseDecision:
    """Keep a decision and return it; a step that was decided stays as it was.

    The decision that ends the case scores the run and, if none was a critical error
    and the score is what was asked when it began, completes the case, in the same
    transaction. Raises `Refused`.
    """
    # Who comes second waits here for the first, and then finds their decision.
    is_open = CaseRun.objects.filter(pk=run.pk).open().update(saved_at=at)
    made = {decision.step: decision for decision in run.decisions.all()}
    if step in made:
        return made[step]
    if not is_open:
        raise Refused("run-finished")
    document = run.version.document
    taken = [(number, decision.option) for number, decision in made.items()]
    refused = rules.refusals_to_decide(
        document, role=run.role, taken=taken, step=step, option=option, reasons=reasons
    )
    if refused:
        raise Refused(*refused)
    decision = CaseDecision.objects.create(
        run=run,
        position=len(made) + 1,
        step=step,
        option=option,
        reasons=reasons.strip(),
        at=at,
    )
    _go_on(run, [*taken, (step, option)], language=language, at=at)
    return decision


def _go_on(run: CaseRun, taken: rules.Taken, *, language: str, at: datetime) -> None:
    """Note a critical error, and end the run where the case ends."""
    document = run.version.document
    run.refresh_from_db(fields=["failed_at"])
    if run.failed_at is None and rules.is_critical(document, taken):
        run.failed_at = at
        run.save(update_fields=["failed_at"])
    if rules.next_step(document, run.role, taken) == rules.END:
        _end(run, taken, language=language, at=at)


def _end(run: CaseRun, taken: rules.Taken, *, language: str, at: datetime) -> None:
    score = rules.score_of(run.version.document, run.role, taken)
    run.finished_at, run.score = at, score.total
    run.dimensions = score.dimensions
    run.save(update_fields=["finished_at", "score", "dimensions"])
    if run.is_passed and run.enrolment.withdrawn_at is None:
        complete_activity(
            run.enrolment,
            activity=run.activity,
            language=language,
            revision=run.version.document["revisions"].get(language),
            at=at,
        )


@transaction.atomic
def stop_run(run: CaseRun, *, at: datetime) -> None:
    """End a run that failed, to see what it taught and begin anew; else nothing."""
    failed = CaseRun.objects.filter(pk=run.pk, failed_at__isnull=False)
    if not failed.open().update(saved_at=at):
        return
    taken = list(run.decisions.values_list("step", "option"))
    run.refresh_from_db()
    _end(run, taken, language="", at=at)
