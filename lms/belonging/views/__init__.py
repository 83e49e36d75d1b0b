"""The screens of ministries and of officers for shielded people; one's own profile."""

from lms.belonging.views.profile import profile, take_back_name
from lms.belonging.views.queue import queue, refuse
from lms.belonging.views.reports import people_list, person_page, reports
from lms.belonging.views.shields import (
    lift,
    lift_own_shield,
    own_shield,
    shield_person,
    shielded_list,
)
from lms.belonging.views.typed import typed_list, typed_text

__all__ = [
    "lift",
    "lift_own_shield",
    "own_shield",
    "people_list",
    "person_page",
    "profile",
    "queue",
    "refuse",
    "reports",
    "shield_person",
    "shielded_list",
    "take_back_name",
    "typed_list",
    "typed_text",
]
