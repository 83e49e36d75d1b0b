"""How is it said how somebody fares, and why they have not finished?"""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.assigning.rules import State, Superior
from courses.assigning.standing import Standing
from courses.following.rules import Need, Snag, Stage
from courses.models import Activity, Attempt, EditionActivity


def ago(days: int) -> str:
    """Say how long something is past: "today", "yesterday", "21 days ago"."""
    match days:
        case 0:
            return _("today")
        case 1:
            return _("yesterday")
        case _days:
            return ngettext("%(count)s day ago", "%(count)s days ago", days) % {
                "count": days
            }


def last_activity_in_words(days: int | None, *, here: int) -> str:
    """Say when somebody was last active, the same on every screen.

    `days` since then, None: never; `here` how long they are in the cohort.
    """
    if days is not None:
        return ago(days)
    words = ngettext(
        "never, %(count)s day in the cohort",
        "never, %(count)s days in the cohort",
        here,
    )
    return words % {"count": here}


def day(moment: date) -> str:
    return date_format(moment, "DATE_FORMAT")


def attempt_in_words(attempt: Attempt) -> str:
    """Say how an attempt went: "14/20, attempt 2, not passed"; a pre-test: "14/20".

    And that nobody handed it in: the clock did, when its time was over.
    """
    facts = {
        "points": attempt.points,
        "out_of": attempt.out_of,
        "number": attempt.number,
    }
    if attempt.activity.kind != Activity.Kind.FINAL:  # nothing to pass
        return f"{attempt.points}/{attempt.out_of}"
    words = (
        _("%(points)s/%(out_of)s, attempt %(number)s, passed")
        if attempt.passed
        else _("%(points)s/%(out_of)s, attempt %(number)s, not passed")
    ) % facts
    return f"{words}, {_('handed in by the clock')}" if attempt.by_clock else words


def need_in_words(need: Need) -> str:
    return {
        Need.LATE: _("late"),
        Need.SILENT: _("silent"),
        Need.DUE_SOON: _("due soon"),
        Need.FAILED: _("test failed"),
    }[need]


def stage_in_words(stage: Stage, *, late: int) -> str:
    """Say where a cohort stands, in which so many people are late."""
    if stage is Stage.ENDED and late:
        words = ngettext(
            "ended, %(count)s person late", "ended, %(count)s people late", late
        )
        return words % {"count": late}
    return {
        Stage.FRESH: _("nobody has begun"),
        Stage.RUNNING: _("running"),
        Stage.LATE: ngettext("%(count)s person late", "%(count)s people late", late)
        % {"count": late},
        Stage.ENDED: _("ended, nobody late"),
        Stage.FINISHED: _("finished"),
        Stage.ARCHIVED: _("archived"),
    }[stage]


def snag_in_words(snag: Snag, *, late: int, last: str, failed: int) -> str:
    """Say what keeps somebody: days late, their last activity, how often failed."""
    facts = {"late": late, "last": last, "failed": failed}
    return {
        Snag.LATE: ngettext("%(late)s day late", "%(late)s days late", late),
        Snag.SILENT: _("last activity: %(last)s"),
        Snag.FAILED: ngettext(
            "test failed %(failed)s time", "test failed %(failed)s times", failed
        ),
        Snag.APPROVAL: _("waits for approval"),
        Snag.MAIL: _("mail came back"),
    }[snag] % facts


def refusal_in_words(reason: str) -> str:
    """Say why somebody gets no reminder, where nothing more is to be said."""
    return {
        "nothing-open": _("Has nothing to do now: finished, or waiting for others."),
        "mail-came-back": _("Mail to this person came back."),
    }[reason]


def why_not(
    standing: Standing, tries: Iterable[Attempt], *, language: str, titles: bool = False
) -> list[str]:
    """Say why a course is not finished, in short sentences; `titles`: of each lesson.

    `tries` are the attempts at its final test.
    """
    if standing.waits:
        return [_what_it_waits_for(standing, language)]
    lessons = [row for row in standing.missing if not _is_final(row)]
    sentences = [] if standing.enrolment else [_("Has not begun.")]
    if lessons and (standing.enrolment or titles):
        named = ", ".join(_name_of(row, language, titles=titles) for row in lessons)
        sentences.append(_("Missing: %(lessons)s.") % {"lessons": named})
    if standing.enrolment and len(lessons) < len(standing.missing):
        sentences.append(_about_the_test(standing, list(tries)))
    return sentences


def _what_it_waits_for(standing: Standing, language: str) -> str:
    match standing.state:
        case State.NOT_OPEN_YET:
            opens = day(standing.assignment.opens_on)
            return _("Opens on %(day)s.") % {"day": opens}
        case State.WAITS_FOR_COURSE:
            return _("Waits for the course before it.")
        case _superior:
            return _who_must_act(standing)


def _who_must_act(standing: Standing) -> str:
    """Say what a superior's word waits for; who the superior is shows no list."""
    match standing.superior:
        case Superior.REFUSED:
            return _("The superior has not agreed.")
        case Superior.UNCONFIRMED:
            return _("Waits for a trainer to confirm the address of the superior.")
        case Superior.UNNAMED:
            return _("A superior has to agree, and the person has not named one.")
        case Superior.ASKED:
            asked = day(standing.request.asked_at)
            return _("Waits for the superior’s answer since %(day)s.") % {"day": asked}
        case Superior.UNANSWERED:
            return _("The superior did not answer in time. The person asks again.")
        case _not_asked:
            return _("A superior has to agree, and the person has not asked them yet.")


def _name_of(row: EditionActivity, language: str, *, titles: bool) -> str:
    title = row.title(language)
    if not row.number:
        return title
    return f"{row.number} {title}" if titles else row.number


def _about_the_test(standing: Standing, tries: list[Attempt]) -> str:
    left = max(0, standing.attempts_allowed - standing.attempts_used)
    facts = {"left": left, "allowed": standing.attempts_allowed}
    if not tries:
        return _("Final test not taken; %(left)s of %(allowed)s attempts left.") % facts
    facts |= {"points": tries[-1].points, "out_of": tries[-1].out_of}
    return (
        _(
            "Final test not passed, %(points)s of %(out_of)s; "
            "%(left)s of %(allowed)s attempts left."
        )
        % facts
    )


def _is_final(row: EditionActivity) -> bool:
    return row.activity.kind == Activity.Kind.FINAL
