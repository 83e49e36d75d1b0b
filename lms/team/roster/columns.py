"""Which column of a list says what, in Spanish, English, Moodle's words or OneRoster's?

Case, accents, spaces and signs do not matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.folding import folded_text

# What our own list has, in the order of its columns.
TEMPLATE: Mapping[str, Sequence[str]] = {
    "es": (
        "correo",
        "nombres",
        "apellidos",
        "país",
        "institución",
        "profesión",
        "cargo",
        "idioma",
        "jefatura",
        "correo de la jefatura",
    ),
    "en": (
        "e-mail",
        "given names",
        "surnames",
        "country",
        "institution",
        "profession",
        "position",
        "language",
        "superior",
        "e-mail of the superior",
    ),
}
# Of these, what Moodle and OneRoster write: email, firstname, givenName, cohort1, …
NAMES: Mapping[str, str] = {
    "address": (
        "correo|correo electrónico|correo institucional|correo laboral|correo personal|"
        "dirección de correo|dirección de correo electrónico|e-mail|email|mail|"
        "e-mail address|email address|work email|user email"
    ),
    "name": (
        "nombre|nombre completo|nombre y apellido|nombre y apellidos|"
        "nombres y apellidos|apellidos y nombres|nombre del participante|"
        "persona|participante|name|full name|display name|legal name|participant"
    ),
    "given": (
        "nombres|nombre(s)|primer nombre|given names|given name|first name|first names|"
        "firstname"
    ),
    "middle": "segundo nombre|middle name|middle names",
    "family": (
        "apellidos|apellido|apellido(s)|surname|surnames|last name|last names|"
        "family name|family names"
    ),
    "country": "país|country|país de trabajo",
    "institution": (
        "institución|institution|entidad|organización|organization|organisation|"
        "dependencia|ministerio|código de institución|código de la institución|"
        "institution code"
    ),
    "track": "profesión|profession|track|perfil|ocupación|occupation|itinerario",
    "position": "cargo|position|puesto|job title|función",
    "language": "idioma|language|lang|lengua",
    "superior": (
        "jefatura|superior|jefe|jefa|jefe inmediato|jefatura inmediata|"
        "superior inmediato|nombre de la jefatura|supervisor|manager"
    ),
    "superior_address": (
        "correo de la jefatura|correo jefatura|e-mail de la jefatura|"
        "correo electrónico de la jefatura|correo del superior|correo del jefe|"
        "correo de jefatura|e-mail of the superior|superior e-mail|superior address|"
        "supervisor email|manager email"
    ),
    "deleted": "deleted",
}
EVERY_OTHER_OF_MOODLE = "profilefield"  # profile_field_cargo: a field of a site's own


def key_of(heading: str) -> str:
    """Return what headings have in common that mean the same."""
    key = "".join(folded_text(heading[:200]).split())
    return key.removeprefix(EVERY_OTHER_OF_MOODLE)


def keyed(names: Mapping[str, str]) -> dict[str, str]:
    """Return the field of each heading, given all headings of each field."""
    return {
        key_of(name): field for field, all in names.items() for name in all.split("|")
    }


@dataclass(frozen=True, slots=True)
class Layout:
    """Which headings a kind of list has, and the column that it must have.

    `is_of_people`: such a list may be one of OneRoster, or have no headings at all.
    """

    fields: Mapping[str, str]
    needs: str
    missing: str  # the finding where that column is not there
    is_of_people: bool = False

    def fields_of(self, headings: Sequence[str]) -> list[str]:
        """Return the field of each column, "" for those that we do not read."""
        return [self.fields.get(key_of(heading), "") for heading in headings]


PEOPLE = Layout(keyed(NAMES), "address", "no-address-column", is_of_people=True)
