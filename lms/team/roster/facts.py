"""What does a row say of a person, in the words that an invitation keeps?

What is not understood is left empty or kept as typed, with a warning: the person says
it themselves when they come.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import override

from lms.folding import folded_text
from lms.people.choices import Country, Language, Track
from lms.people.models import Institution
from lms.team.roster import rules
from lms.team.roster.findings import Finding, found

MOST = {"name": 120, "institution": 200, "position": 120, "superior": 120}
# What people write besides the words of our own lists.
TRACKS = {
    Track.JUDGE: "juez|jueza|juez o jueza|magistrado|magistrada|judicatura|magistrate",
    Track.PROSECUTOR: "fiscal|ministerio público|investigador|investigadora|prosecutor",
    Track.OPI: "oficial de protección|oficial de protección a la infancia|opi",
    Track.OTHER: "otro|otra|otra institución|otro personal",
}
LANGUAGES = {
    Language.SPANISH: "español|castellano|spa|spanish",
    Language.ENGLISH: "inglés|eng|english",
}
COUNTRIES = {
    Country.DOMINICAN_REPUBLIC: "rep dominicana|rd",
    Country.UNITED_STATES: "usa|ee uu|eeuu|estados unidos de américa",
    Country.MEXICO: "méjico",
}


def key_of(text: str) -> str:
    return " ".join(folded_text(text).split())


def words_of(choices, also: Mapping) -> dict[str, str]:
    """Return what names a choice: its code, its words in each language, and others."""
    told: dict[str, str] = {}
    for choice in choices:
        words = [choice.value, *also.get(choice, "").split("|")]
        for language in Language.values:
            with override(language):
                words.append(str(choice.label))
        told |= {key_of(word): choice.value for word in words if word}
    return told


class Places:
    """The institutions of the list, by code, and by name in their country."""

    def __init__(self, institutions: Iterable[Institution], *, home: str):
        self.home = home
        self.codes: dict[str, str] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.countries = words_of(Country, COUNTRIES)
        self.tracks = words_of(Track, TRACKS)
        self.languages = words_of(Language, LANGUAGES)
        for one in institutions:
            self.codes[one.code.lower()] = one.code
            for name in (one.name_es, one.name_en):
                self.names.setdefault((one.country, key_of(name)), one.code)

    def code(self, typed: str, country: str) -> str:
        """Return the code of what was typed, "" when it is not in the list."""
        named = (country or self.home, key_of(typed))
        return self.codes.get(typed.lower()) or self.names.get(named, "")


def name_of(cells: Mapping[str, str]) -> str:
    """Return the whole name, of one column or of several."""
    parts = [
        cells.get("given") or cells.get("name", ""),
        cells.get("middle", ""),
        cells.get("family", ""),
    ]
    return " ".join(part for part in parts if part)


def facts_of(
    cells: Mapping[str, str], places: Places, *, beside: str = ""
) -> tuple[dict[str, str], list[Finding]]:
    """Return the facts of a row, and warnings; `beside` is a name by the address."""
    told, warnings = _choices(cells, places)
    texts = {
        "name": name_of(cells) or beside,
        "position": cells.get("position", ""),
        "superior": cells.get("superior", ""),
    }
    place = cells.get("institution", "")
    if code := places.code(place, told.get("country", "")):
        told["institution"] = code
    elif place:
        texts["institution"] = place
    for name, text in texts.items():
        if len(text) > MOST[name]:
            warnings.append(found("fact-long", what=name, most=MOST[name]))
        elif text:
            told[KEPT_AS.get(name, name)] = text
    if "institution_typed" in told:
        warnings.append(found("institution-unknown", typed=place[:200]))
    return told, warnings + _superior_address(cells, told)


KEPT_AS = {"institution": "institution_typed", "superior": "superior_name"}


def _choices(
    cells: Mapping[str, str], places: Places
) -> tuple[dict[str, str], list[Finding]]:
    """Return the facts that are one of a few, and a warning for each that is not."""
    told: dict[str, str] = {}
    warnings: list[Finding] = []
    for name, words in (
        ("country", places.countries),
        ("track", places.tracks),
        ("language", places.languages),
    ):
        typed = cells.get(name, "")
        known = words.get(key_of(typed)) or words.get(key_of(_before_a_dash(typed)))
        if typed and known:
            told[name] = known
        elif typed:
            warnings.append(found(f"{name}-unknown", typed=typed[:80]))
    return told, warnings


def _before_a_dash(code: str) -> str:
    """Return the first half of a code like es_mx or GT-01, or nothing."""
    return code[:2] if code[2:3] in {"_", "-"} else ""


def _superior_address(cells: Mapping[str, str], told: dict[str, str]) -> list[Finding]:
    """Put the address of the superior to the facts, if it is one."""
    typed = cells.get("superior_address", "")
    address, _name = rules.address_of(typed)
    if typed and rules.address_flaw(address):
        return [found("superior-address-wrong", typed=typed[:80])]
    if typed:
        told["superior_address"] = address
    return []
