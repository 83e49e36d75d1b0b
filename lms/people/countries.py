"""Countries stand in the order of the alphabet, in the language of the page."""

from collections.abc import Collection

from lms.folding import folded_text
from lms.people.choices import Country


def by_name(among: Collection[str] = tuple(Country.values)) -> list[tuple[str, str]]:
    """Return the code and the name of each country, or of those that are given."""
    named = [(country.value, country.label) for country in Country]
    return sorted(
        ((code, str(name)) for code, name in named if code in among),
        key=lambda choice: folded_text(choice[1]),
    )
