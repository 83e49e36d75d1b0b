"""Does the API keep to its own description, whatever a program sends?

Schemathesis, which the tests bring along, makes requests of the description: such as it
allows, and such as it does not. Counted are failures of ours, statuses that are not
described, and documents that look otherwise than described.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import schemathesis
from django.test.utils import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup

from certificates.canary_drill import settle
from certificates.lines.drawing import draw_all
from certificates.models import Certificate
from lms.drills import Finding
from lms.people.choices import Role
from lms.people.models import Mandate
from lms.scratch import CrewedSite
from lms.tokens.actions import make
from lms.web.models import Tries
from lms.wsgi import application

DESCRIPTION = "/api/v1/openapi.json"
NO_LIMIT = 10**9
# An unknown cohort is a possible question, and refused all the same.
LEFT_OUT = {"positive_data_acceptance"}


@dataclass
class Told:
    """How often each operation answered with which status, and what was wrong."""

    statuses: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def fuzz_api(site: CrewedSite, rounds: int) -> list[Finding]:
    """Ask every operation `rounds` × 2 times: as described, and otherwise."""
    site.once(settle)
    statuses, wrong = site.once(ask_there, rounds)
    return [
        Finding("requests", sum(statuses.values())),
        Finding("answers", statuses),
        Finding("operations that never answered 200", silent(statuses), []),
        Finding("wrong", wrong, []),
    ]


def ask_there(rounds: int) -> list[Any]:
    """Ask with a token of the country, in a process of the site."""
    now = timezone.now()
    draw_all(at=now)
    mandate = Mandate.objects.standing(timezone.localdate(now)).filter(
        role=Role.MINISTRY
    )[0]
    until_on = timezone.localdate(now) + timedelta(days=1)
    _token, secret = make(
        mandate, by=mandate.holder, name="fuzz", until_on=until_on, at=now
    )
    with override_settings(ALLOWED_HOSTS=["*"]):
        told = asked(secret, rounds=rounds)
    return [dict(told.statuses), told.wrong]


def asked(secret: str, *, rounds: int) -> Told:
    """Ask every operation, and a certificate that there is, so many times."""
    told = Told()
    with override_settings(API_REQUESTS_PER_MINUTE=NO_LIMIT):
        schema = schemathesis.openapi.from_wsgi(DESCRIPTION, from_here)
        for result in schema.get_all_operations():
            for mode in GenerationMode:
                _ask(result.ok(), mode, secret, told, rounds=rounds)
    return told


def from_here(environ: dict[str, Any], start_response: Any) -> Any:
    """Answer as to a request that comes from this machine."""
    return application(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)


def _ask(
    operation: Any, mode: GenerationMode, secret: str, told: Told, *, rounds: int
) -> None:
    codes = iter(_codes())

    @seeded(rounds)
    @settings(
        max_examples=rounds,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case):
        Tries.objects.all().delete()
        if mode is GenerationMode.POSITIVE and "code" in (case.path_parameters or {}):
            case.path_parameters["code"] = next(codes)
        told.statuses[_answer(case, secret, told)] += 1

    with suppress(Unsatisfiable):  # what takes no value cannot be asked wrongly
        once()


def _codes() -> Iterator[str]:
    """Yield the codes of certificates, over and over, and one that there is not."""
    known = [*Certificate.objects.values_list("code", flat=True)[:5], "0" * 26]
    while True:
        yield from known


def _answer(case: Any, secret: str, told: Told) -> str:
    """Ask once and say what came; note what is wrong about it."""
    headers = {"Authorization": f"Bearer {secret}"}
    response = case.call(headers=headers)
    checks = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]
    try:
        case.validate_response(response, checks=checks, headers=headers)
    except FailureGroup as group:
        told.wrong += [f"{case.operation.label}: {one}" for one in group.exceptions]
    except Failure as one:
        told.wrong.append(f"{case.operation.label}: {one}")
    return f"{case.operation.label} {response.status_code}"


def silent(statuses: dict[str, int]) -> list[str]:
    """Return the operations that never answered with what they are there for."""
    labels = {word.rpartition(" ")[0] for word in statuses}
    return sorted(label for label in labels if f"{label} 200" not in statuses)
