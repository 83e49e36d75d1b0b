"""The tables of the ground floor: people, the audit log, limits and the queue."""

from lms.audit.models import Event, EventSubject
from lms.people.models import Affiliation, Consent, Institution, User
from lms.queue.models import Periodic, WorkerSeen
from lms.web.models import Tries

__all__ = [
    "Affiliation",
    "Consent",
    "Event",
    "EventSubject",
    "Institution",
    "Periodic",
    "Tries",
    "User",
    "WorkerSeen",
]
