"""The screens of people support: one account at a time, each look written down."""

from lms.support.views.acts import act
from lms.support.views.by_address import by_address
from lms.support.views.door import read_alarm, support
from lms.support.views.mergers import merge
from lms.support.views.new_address import new_address
from lms.support.views.visits import visit

__all__ = [
    "act",
    "by_address",
    "merge",
    "new_address",
    "read_alarm",
    "support",
    "visit",
]
