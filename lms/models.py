"""The tables of the ground floor: people, approvals, audit log, limits, queue, mail."""

from lms.approvals.models import Approval
from lms.audit.models import Alarm, Event, EventSubject, Seal, SealedEvent
from lms.mail.models import Installation, Letter
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Consent,
    FormerAddress,
    Institution,
    Invitation,
    JoinCode,
    Mandate,
    MembershipRule,
    Merger,
    NameChange,
    NameRequest,
    RoomWindow,
    RosterCheck,
    Shield,
    SupportRequest,
    SupportVisit,
    TypedForm,
    User,
)
from lms.queue.models import Periodic, WorkerSeen
from lms.tokens.models import Token
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
    "FormerAddress",
    "Installation",
    "Institution",
    "Invitation",
    "JoinCode",
    "Letter",
    "Mandate",
    "MembershipRule",
    "Merger",
    "NameChange",
    "NameRequest",
    "Periodic",
    "RoomWindow",
    "RosterCheck",
    "Seal",
    "SealedEvent",
    "Shield",
    "SupportRequest",
    "SupportVisit",
    "Token",
    "Tries",
    "TypedForm",
    "User",
    "WorkerSeen",
]
