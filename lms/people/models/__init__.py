"""What is remembered of people: identity, posts, mandates, cohorts, help given."""

from lms.people.models.affiliations import Affiliation
from lms.people.models.cohorts import Cohort, CohortMember, CohortTrainer
from lms.people.models.former import FormerAddress
from lms.people.models.institutions import Institution
from lms.people.models.invitations import Invitation, JoinCode, MembershipRule
from lms.people.models.mandates import Mandate
from lms.people.models.persons import Consent, NameChange, NameRequest, User
from lms.people.models.rooms import RoomWindow
from lms.people.models.rosters import RosterCheck
from lms.people.models.shields import Shield
from lms.people.models.support import Merger, SupportRequest, SupportVisit
from lms.people.models.typed import TypedForm

__all__ = [
    "Affiliation",
    "Cohort",
    "CohortMember",
    "CohortTrainer",
    "Consent",
    "FormerAddress",
    "Institution",
    "Invitation",
    "JoinCode",
    "Mandate",
    "MembershipRule",
    "Merger",
    "NameChange",
    "NameRequest",
    "RoomWindow",
    "RosterCheck",
    "Shield",
    "SupportRequest",
    "SupportVisit",
    "TypedForm",
    "User",
]
