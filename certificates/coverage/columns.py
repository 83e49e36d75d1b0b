"""Which column of a roster of duty posts says what, in Spanish or English?"""

from collections.abc import Mapping, Sequence

from certificates.models import Place
from lms.team.roster.columns import Layout, keyed

# What our own roster has, in the order of its columns.
TEMPLATE: Mapping[str, Sequence[str]] = {
    "es": (
        "puesto",
        "código",
        "institución",
        "tipo de lugar",
        "curso requerido",
        "profesión",
        "meses de vigencia",
        "base legal",
        "personas",
    ),
    "en": (
        "post",
        "code",
        "institution",
        "kind of place",
        "required course",
        "profession",
        "months it counts",
        "legal basis",
        "people",
    ),
}
NAMES: Mapping[str, str] = {
    "name": "puesto|puesto de servicio|plaza|post|duty post|nombre del puesto",
    "code": "código|código del puesto|code|post code|clave",
    "institution": (
        "institución|institution|entidad|organización|organization|organisation|"
        "código de institución|código de la institución|institution code"
    ),
    "place": (
        "tipo de lugar|lugar|categoría|categoría de lugar|kind of place|place|"
        "place category|category"
    ),
    "course": "curso|curso requerido|código del curso|course|required course",
    "track": "profesión|profession|track|required track|perfil|itinerario",
    "cadence": (
        "meses de vigencia|meses|cadencia|vigencia|months it counts|months|cadence"
    ),
    "basis": "base legal|fundamento legal|legal basis|norma",
    "people": (
        "personas|correos|correo|titulares|people|e-mails|e-mail|emails|email|holders"
    ),
}
POSTS = Layout(keyed(NAMES), "name", "no-post-column")
# What people write besides our own words.
PLACES = {
    Place.BORDER: "frontera|puesto fronterizo|paso fronterizo|border|border post",
    Place.SHELTER: "refugio|hogar|albergue",
    Place.COURT: "tribunal|juzgado",
    Place.OFFICE: "sede|delegación",
    Place.OTHER: "otro|otra|other",
}
