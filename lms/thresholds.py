"""How few people are too few for a figure, and how long ahead does a certificate warn?

The rule for shielded people stands first: beside a list, a count says how many are
listed. They enter only totals that their reader can neither set against a list nor
build alone: what is published of the region, and what all countries learn together.
What others may notice of them at most is the word "full".

A threshold protects everybody else: of fewer people than that nothing is said, nor
whether there is anybody.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

# Whom a rule would invite: the trainer who reads it may not see them yet, but knows the
# institutions, where a figure of one or two has a name.
TO_TRAINERS = 5
# Whom a change of a page concerns: whoever writes the pages may see nobody, and may
# know who studies them.
TO_EDITORS = 5
# The region's figures, to the secretariat: it may see nobody, and is bound to secrecy.
TO_SECRETARIAT = 5
# The region's figures, to everybody: whoever reads may know a country well.
TO_EVERYBODY = 10
# What people knew before and after: an average of few tells what each of them answered.
BEHIND_A_GAIN = 10
# So long before its last day, a certificate counts as one that runs out soon: reports,
# the region's figures and the cover of duty posts say the same of it.
SOON = timedelta(days=90)


def fewer_than(number: int) -> str:
    """Return how a figure is called that is hidden below that threshold."""
    return _("fewer than %(number)d") % {"number": number}


def in_a_band(number: int, *, width: int) -> str:
    """Return between which two a number lies: "20–29", or "fewer than 10"."""
    least = number // width * width
    return f"{least}–{least + width - 1}" if least else fewer_than(width)
