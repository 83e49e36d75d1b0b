"""Writing a page of reasons, handing it in, marking it, asking for another reading."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from courses.actions import settle
from courses.models import EditionReasoning, Enrolment, Marking, Paper
from courses.reasoning import rules
from courses.reasoning.facts import asked_of, keys_of, paper_of
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.crockford import fresh
from lms.keys import seal
from lms.people.models import User
from lms.refusals import Refused

PURPOSE = gettext_noop("page of reasons")
FIELDS = (gettext_noop("levels"), gettext_noop("comment"))
SIGNS = 6  # of the number by which a page is found


def save_draft(
    enrolment: Enrolment, *, text: str, language: str, at: datetime
) -> Paper:
    """Keep what was written so far.

    Raises `Refused`: "not-asked", "handed-in", or as `rules.refusals_to_keep` says.
    """
    asked = _asked(enrolment)
    is_withdrawn = enrolment.withdrawn_at is not None
    if reasons := rules.refusals_to_keep(text, is_withdrawn=is_withdrawn):
        raise Refused(*reasons)
    return _kept(enrolment, asked, text=text, language=language, at=at)


def _asked(enrolment: Enrolment) -> EditionReasoning:
    asked = asked_of(enrolment)
    if asked is None:
        raise Refused("not-asked")
    return asked


def _kept(
    enrolment: Enrolment,
    asked: EditionReasoning,
    *,
    text: str,
    language: str,
    at: datetime,
) -> Paper:
    paper, _made = Paper.objects.get_or_create(
        enrolment=enrolment,
        defaults={
            "asked": asked,
            "number": fresh(SIGNS, secrets.choice),
            "language": language,
            "saved_at": at,
        },
    )
    kept = Paper.objects.filter(pk=paper.pk, handed_in_at=None).update(
        sealed=seal(text), language=language, saved_at=at
    )
    if not kept:
        raise Refused("handed-in")
    paper.refresh_from_db()
    return paper


@transaction.atomic
def hand_in(enrolment: Enrolment, *, text: str, language: str, at: datetime) -> Paper:
    """Hand the page in, and complete the course where it waited for that.

    Handed in once, it stays as it was. Raises `Refused`.
    """
    paper = paper_of(enrolment)
    if paper and paper.handed_in_at:
        return paper
    asked = _asked(enrolment)
    is_withdrawn = enrolment.withdrawn_at is not None
    if reasons := rules.refusals_to_hand_in(text, is_withdrawn=is_withdrawn):
        raise Refused(*reasons)
    paper = _kept(enrolment, asked, text=text, language=language, at=at)
    twice = rules.is_read_twice(paper.asked.seed, str(paper.pk))
    Paper.objects.filter(pk=paper.pk).update(
        handed_in_at=at, drawn_twice=twice, wanted=1 + twice
    )
    paper.refresh_from_db()
    settle(enrolment, at=at)
    return paper


@transaction.atomic
def mark(
    paper: Paper, *, levels: rules.Levels, comment: str, by: User, at: datetime
) -> Marking:
    """Add a reading, which stands; settle the page when it is the last one wanted.

    Whether they may read it was asked before (`to_be_read_by`). Raises `Refused`.
    """
    # First of all a write, so that two readers wait for each other.
    Paper.objects.filter(pk=paper.pk).update(wanted=F("wanted"))
    paper.refresh_from_db(fields=["wanted", "settled_at"])
    readings = list(paper.markings.all())
    author = paper.enrolment.learner_id
    reasons = rules.refusals_to_mark(
        levels,
        lines=keys_of(paper.asked.document),
        is_own=author == by.pk,
        has_read=any(one.marker_id == by.pk for one in readings),
        is_wanted=len(readings) < paper.wanted,
    )
    if reasons:
        raise Refused(*reasons)
    marking = Marking(
        paper=paper,
        position=len(readings) + 1,
        author_id=author,
        marker=by,
        levels=dict(levels),
        at=at,
    )
    marking.comment = comment.strip()
    marking.save()
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=PURPOSE,
        subjects=[author],
        fields=FIELDS,
        at=at,
    )
    _settle(paper, [one.levels for one in [*readings, marking]], at=at)
    return marking


def _settle(paper: Paper, readings: list[rules.Levels], *, at: datetime) -> None:
    """Say what stands once everybody wanted has read; two far apart want a third."""
    if len(readings) == 2 == paper.wanted and rules.are_far_apart(*readings):
        Paper.objects.filter(pk=paper.pk).update(wanted=3)
    elif len(readings) >= paper.wanted:
        Paper.objects.filter(pk=paper.pk).update(
            settled_at=at, levels=rules.settled(readings)
        )


@transaction.atomic
def ask_again(paper: Paper, *, reason: str, at: datetime) -> None:
    """Have somebody read the page who has not; once. Raises `Refused`."""
    refused = rules.refusals_to_ask_again(
        reason,
        is_settled=paper.settled_at is not None,
        has_asked=paper.asked_again_at is not None,
        is_kept=bool(paper.sealed),
    )
    if refused:
        raise Refused(*refused)
    Paper.objects.filter(pk=paper.pk, asked_again_at=None).update(
        asked_again_at=at,
        sealed_reason=seal(reason.strip()),
        settled_at=None,
        wanted=F("wanted") + 1,
    )
