"""Every address of ours, filled with Ana's things, as one who may open it meets it."""

from django.utils import timezone

from certificates import canary_traces
from certificates.canary_drill import entered
from tests.access.addresses import Address, addresses, belonging_to_ana, filled
from tests.access.classes import ACTORS, AREA, class_of
from tests.posts.forms import AGAIN
from tests.screens.outline import is_page, masked, told


def readers() -> list[tuple[Address, str]]:
    """Return every address outside the area of editors, and who reads it."""
    return [
        (address, next(who for who in ACTORS if who in kind.may))
        for address in addresses()
        if (kind := class_of(address)) is not AREA
        and not address.is_of_the_editors
        and address.name not in AGAIN
    ]


def test_every_address_says_what_its_record_says(
    edition, settings, look, drawn, records
):
    settings.SECOND_FACTOR_REQUIRED = True
    things = belonging_to_ana(canary_traces.settle(edition, at=timezone.now()))
    browsers = {who: entered(who) for who in ACTORS}

    for address, who in readers():
        drawn.clear()
        answer = look(browsers[who], filled(address, things))
        if is_page(answer):
            lines = masked([f"as {who}", *told(answer)])
            records.compare(f"addresses/{address.name}", lines, drawn)
