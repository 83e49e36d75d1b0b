"""A small case that tests walk, break and publish."""

from copy import deepcopy
from datetime import datetime
from types import SimpleNamespace
from uuid import NAMESPACE_URL, uuid4, uuid5

from courses.cases.blocks import CaseBlocks
from courses.cases.document import document_of
from courses.models import Activity, CasePage, CaseRun, CaseVersion, Enrolment
from lms.people.choices import Track
from tests.factories import in_both

FULL = {
    "safety": 4,
    "legality": 4,
    "dignity": 4,
    "evidence": 4,
    "coordination": 4,
}
NONE = dict.fromkeys(FULL, 0)
HALF = dict.fromkeys(FULL, 2)


def key(name: str) -> str:
    """Return the id of a block by the name that tests give it."""
    return str(uuid5(NAMESPACE_URL, name))


def option(name: str, to: str, scores: dict[str, int], **more) -> dict:
    value = {
        "text": f"Decidir {name}",
        "roles": [],
        "consequence": f"CONSECUENCIA-{name}",
        "next": to,
        "critical": False,
        "harm": "",
        "norm": "",
    }
    return {"type": "item", "id": key(name), "value": value | scores | more}


def step(number: str, options: list[dict], **more) -> dict:
    value = {
        "number": number,
        "heading": f"Paso {number}",
        "facts": f"Hechos {number}",
        "instead": f"Resumen {number}",
        "papers": [],
        "topic": "",
        "options": options,
        "must_write": False,
        "last_for": [],
    }
    return {"type": "step", "id": key(f"step-{number}"), "value": value | more}


def body() -> list[dict]:
    """Return three steps (the last asks for reasons), a debrief and a law."""
    harmful = {"critical": True, "harm": "DAÑO", "norm": "Protocolo de Palermo, art. 6"}
    paper = {"title": "Acta", "text": "Lo que consta"}
    return [
        step(
            "1",
            [
                option("1a", "2", NONE, **harmful),
                option("1b", "2", FULL),
                option("1c", "end", NONE),
            ],
            papers=[{"type": "item", "id": key("paper"), "value": paper}],
        ),
        step(
            "2",
            [
                option("2a", "3", HALF),
                option("2b", "3", FULL),
                option("2j", "3", NONE, roles=["judge"]),
            ],
            last_for=["other"],
        ),
        step(
            "3",
            [option("3a", "end", FULL), option("3b", "end", NONE)],
            must_write=True,
        ),
        {
            "type": "debrief",
            "id": key("debrief"),
            "value": {
                "heading": "Lo aprendido",
                "text": "Un punto",
                "source": "Protocolo de Palermo, art. 3",
            },
        },
        {
            "type": "law",
            "id": key("law"),
            "value": {
                "heading": "Edad",
                "standard": "Presumir",
                "differs": "Varía",
                "topic": "means-and-penalties",
                "source": "Protocolo de Palermo, art. 3",
            },
        },
    ]


def document(raw: list[dict] | None = None) -> dict:
    """Return the document of the small case, in Spanish alone."""
    page = SimpleNamespace(
        title="Caso",
        other_role="inspección de trabajo",
        required_for=list(Track.values),
        live_revision_id=None,
        body=CaseBlocks().to_python(deepcopy(body() if raw is None else raw)),
    )
    return document_of({"es": page})


def a_run(enrolment: Enrolment, *, at: datetime) -> CaseRun:
    """Return a run of the small case that stands at its first step; it has no page."""
    case = Activity.objects.create(
        id=uuid4(), course_id=enrolment.course_id, kind=Activity.Kind.CASE
    )
    version = CaseVersion.objects.create(
        activity=case, digest="small", document=document(), made_at=at
    )
    return CaseRun.objects.create(
        enrolment=enrolment,
        activity=case,
        version=version,
        number=1,
        role=Track.JUDGE,
        started_at=at,
    )


def make_case(course_page, raw: list[dict] | None = None, **fields) -> CasePage:
    """Return the small case, live in both languages below the course."""
    facts = {
        "summary": "De qué trata",
        "content_note": "Puede afectar.",
        "other_role": "inspección de trabajo",
        "required_for": list(Track.values),
        "body": body() if raw is None else raw,
    }
    return in_both(course_page, CasePage, title="Caso", slug="caso", **(facts | fields))
