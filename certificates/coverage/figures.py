"""How many duty posts does each country have, and how many are covered? Figures only.

Nothing here narrows by what a viewer may see: whoever shows it hides small figures.
"""

from collections import defaultdict
from datetime import date

from certificates.coverage.posts import Figures, figures_of, with_state
from certificates.models import DutyPost


def figures_by_country(*, on: date) -> dict[str, Figures]:
    """Return the figures of all posts at work that day, by country."""
    posts = with_state(DutyPost.objects.at_work(), on=on)
    states = defaultdict(list)
    for country, state in posts.order_by().values_list("institution__country", "state"):
        states[country].append(state)
    return {country: figures_of(states[country]) for country in sorted(states)}
