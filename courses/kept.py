"""What do courses keep about a person?"""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import PageLogEntry

from courses.models import (
    AnswerOperation,
    AssignmentException,
    Attempt,
    AttemptItem,
    CalendarFeed,
    Completion,
    Edition,
    Enrolment,
    KeyCorrection,
    QuestionVersion,
    Review,
    SuperiorRequest,
)
from lms.people.kept import Kept, day, for_good, until_erased, you_and_yours
from lms.people.models import User
from lms.people.rules import OPERATIONS_KEPT


def lines(person: User, language: str) -> list[Kept]:
    """Return what the person takes, has done and answered, and edited if they edit."""
    return [
        _enrolments(person, language),
        _completions(person),
        _answers(person),
        *_choices(person),
        *_assigned(person),
        *_edited(person),
    ]


def _enrolments(person: User, language: str) -> Kept:
    rows = Enrolment.objects.own(person)
    return Kept(
        what=_("Courses you take or took"),
        values=[
            _enrolment(row, language)
            for row in rows.with_edition().order_by("-enrolled_at")
        ],
        why=_("To take you back to where you were and to know what is left."),
        how_long=until_erased(),
        who=you_and_yours(),
        url=reverse("my_learning"),
    )


def _enrolment(row: Enrolment, language: str) -> str:
    facts = [
        row.edition.title(language),
        _("enrolled on %(day)s") % {"day": day(row.enrolled_at)},
    ]
    if row.completed_at:
        facts.append(_("completed on %(day)s") % {"day": day(row.completed_at)})
    if row.withdrawn_at:
        facts.append(_("left on %(day)s") % {"day": day(row.withdrawn_at)})
    return ", ".join(facts)


def _completions(person: User) -> Kept:
    rows = Completion.objects.own(person)
    count = rows.count()
    return Kept(
        what=_("Lessons and tests you finished"),
        values=[
            ngettext(
                "%(count)d, with its day, the language and the text you read",
                "%(count)d, each with its day, the language and the text you read",
                count,
            )
            % {"count": count}
        ],
        why=_("To decide when a course is complete. Reading time is not measured."),
        how_long=until_erased(),
        who=you_and_yours(),
        url=reverse("my_learning"),
    )


def _answers(person: User) -> Kept:
    attempts = Attempt.objects.own(person)
    answers = AttemptItem.objects.visible_to(person).filter(
        attempt__enrolment__learner=person, answer__isnull=False
    )
    tried, answered = attempts.count(), answers.count()
    return Kept(
        what=_("Attempts at tests and your answers"),
        values=[
            ngettext("%(count)d attempt", "%(count)d attempts", tried)
            % {"count": tried},
            ngettext("%(count)d answer", "%(count)d answers", answered)
            % {"count": answered},
        ],
        why=_("To grade them, to explain the result and to correct a wrong question."),
        how_long=until_erased(),
        who=_("You read the answers. The others see only whether you passed."),
        url=reverse("my_learning"),
    )


def _choices(person: User) -> list[Kept]:
    """Return what a line that breaks leaves; it goes soon after the test is over."""
    count = AnswerOperation.objects.own(person).count()
    if not count:
        return []
    return [
        Kept(
            what=_("When each choice of a test came in, and by which browser"),
            values=[
                ngettext("%(count)d choice", "%(count)d choices", count)
                % {"count": count}
            ],
            why=_("So that a choice that is sent twice counts once, and the newest."),
            how_long=_("%(days)d days after the test was handed in")
            % {"days": OPERATIONS_KEPT.days},
            who=_("Only you: nobody else is shown it."),
            url=reverse("my_learning"),
        )
    ]


def _assigned(person: User) -> list[Kept]:
    """Return what comes with assigned courses; of most people there is nothing."""
    rows = {
        _("Different days or attempts: %(count)d"): AssignmentException,
        _("Questions to your superior: %(count)d"): SuperiorRequest,
        _("Address of your calendar: %(count)d"): CalendarFeed,
    }
    counts = {words: model.objects.own(person).count() for words, model in rows.items()}
    if not any(counts.values()):
        return []
    return [
        Kept(
            what=_("What goes with the courses you are assigned"),
            values=[words % {"count": count} for words, count in counts.items()],
            why=_("To know until when you have, and what your superior answered."),
            how_long=until_erased(),
            who=_(
                "You. The trainer of your cohort sees what is different for you and "
                "whether your superior answered; your superior sees who asks and for "
                "which course."
            ),
            url=reverse("my_calendar"),
        )
    ]


def _edited(person: User) -> list[Kept]:
    """Return what an editor left behind; of most people there is nothing to say."""
    done = {
        _("Changes to pages: %(count)d"): PageLogEntry.objects.filter(user=person),
        _("Editions opened: %(count)d"): Edition.objects.filter(opened_by=person),
        _("Questions: %(count)d"): QuestionVersion.objects.filter(made_by=person),
        _("Keys corrected: %(count)d"): KeyCorrection.objects.filter(
            Q(proposed_by=person) | Q(approved_by=person) | Q(signed_by=person)
        ),
        _("Reviews signed: %(count)d"): Review.objects.filter(by=person),
    }
    counts = {words: rows.count() for words, rows in done.items()}
    if not any(counts.values()):
        return []
    return [
        Kept(
            what=_("What you did as an editor"),
            values=[words % {"count": count} for words, count in counts.items()],
            why=_("To know who answers for a text."),
            how_long=for_good(),
            who=_("The editors."),
        )
    ]
