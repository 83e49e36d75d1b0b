"""The tables of the ground floor: people, approvals, the audit log, limits, queue."""

from lms.approvals.models import Approval
from lms.audit.models import Alarm, Event, EventSubject, Seal, SealedEvent
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Consent,
    Institution,
    Mandate,
    Merger,
    NameChange,
    RoomWindow,
    Shield,
    SupportRequest,
    SupportVisit,
    User,
)
from lms.queue.models import Periodic, WorkerSeen
from lms.web.models import Tries

__all__ = [
    "Affiliation",
    "Alarm",
    "Approval",
    "Cohort",
    "CohortMember",
    "CohortTrainer",
    "Consent",
    "Event",
    "EventSubject",
    "Institution",
    "Mandate",
    "Merger",
    "NameChange",
    "Periodic",
    "RoomWindow",
    "Seal",
    "SealedEvent",
    "Shield",
    "SupportRequest",
    "SupportVisit",
    "Tries",
    "User",
    "WorkerSeen",
]
