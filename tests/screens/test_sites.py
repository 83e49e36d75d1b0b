"""A site on which nothing has happened yet, and one on which much has."""

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.translation import override
from wagtail.documents.models import Document

from certificates import canary_traces
from certificates.canary_drill import entered
from certificates.figures.paper import as_html
from certificates.figures.rules import quarter_of
from lms.web import errors
from tests.access.addresses import addresses, belonging_to_ana, filled
from tests.access.classes import ACTORS, AREA, class_of
from tests.posts.forms import AGAIN
from tests.screens.outline import masked, outline

pytestmark = pytest.mark.django_db
# Whose address may be asked for by whom, in the cast: the matrix names it differently.
CAST = {
    "nobody": "nobody",
    "ana": "ana",
    "tomas": "tomas",
    "ines": "ines",
    "lucia": "marta",
    "gloria": "pilar",
    "olga": "olga",
    "sofia": "sofia",
    "alma": "admin",
}
# The same address with what one may ask of it.
ASKED = {
    "ana": "my_data?page=1 my_calendar my_learning my_notes lesson_note",
    "tomas": (
        "cohort?show=help cohort?show=soon cohort?show=done cohort?sort=name "
        "cohort?sort=progress cohort?sort=activity cohort?sort=due "
        "cohort?sort=reminder "
        "cohort?q=nadie cohort?q=zq team?q=zq trainers_tree regional_calendar "
        "regional_calendar?country=GT regional_calendar?country=HN invitations "
        "membership_rules?track=opi duty_post"
    ),
    "ines": (
        "completion_report?state=completed completion_report?group=track "
        "completion_report?group=institution completion_report?sort=due "
        "completion_report?sort=last completion_report?sort=expires "
        "completion_report?sort=institution completion_report?q=nadie "
        "completion_report?q=zq reports_people?q=zq reports_people?sort=since "
        "reports_people?q=nadie coverage?q=nadie coverage?covered=no "
        "duty_post?q=zq duty_post?q=nadie take_report?format=pdf gain belonging"
    ),
    "lucia": (
        "completion_report completion_report?group=institution reports "
        "completion_report?institution=x reports_people coverage typed_institutions "
        "belonging mandates approvals take_report save_report"
    ),
    "gloria": "belonging shielded_people shielded_mandates",
    "sofia": (
        "region_figures?with=GT region_figures?week=2026-W45 region_gain mandates "
        "regional_calendar trainings trainers_tree approvals"
    ),
    "alma": "mandates approvals support holders holders_of_country",
    "rosa": "team my_mandates",
    "bruno": "my_learning my_data my_mandates my_cohorts my_invitations people_profile",
}


def test_site_on_which_nothing_has_happened(
    browser_of, course_page, request, look, drawn, records
):
    browsers = {who: browser_of(name) for who, name in CAST.items()}

    for who, browser in browsers.items():
        answers = [
            (address.name, look(browser, filled(address, {})))
            for address in addresses()
            if (kind := class_of(address)) is not AREA
            and not address.given
            and who in kind.may
            and (who == "nobody" or "nobody" not in kind.may)
            and address.name not in AGAIN
            and not address.is_of_the_editors
        ]
        records.keep(f"empty/{who}", answers, drawn)
        drawn.clear()


def test_site_on_which_much_has_happened(edition, settings, look, drawn, records):
    settings.SECOND_FACTOR_REQUIRED = True
    people = canary_traces.settle(edition, more=6, at=timezone.now())
    things = belonging_to_ana(people)
    named = {address.name: address for address in addresses()}

    for who, asked in ASKED.items():
        browser = entered(who)
        answers = []
        for one in asked.split():
            name, _mark, query = one.partition("?")
            place = filled(named[name], things)
            answers.append((one, look(browser, f"{place}?{query}" if query else place)))
        records.keep(f"asked/{who}", answers, drawn)
        drawn.clear()


def test_frame_of_every_page(edition, settings, look, drawn, records):
    """All that stands around a page, for each of them."""
    settings.SECOND_FACTOR_REQUIRED = True
    canary_traces.settle(edition, at=timezone.now())
    answers = [
        (f"{who} {path}", look(entered(who), path))
        for who in ACTORS
        for path in ("/es/search/", "/es/my-learning/")
    ]
    settings.DEMO, settings.SECOND_FACTOR_REQUIRED = True, False
    answers.append(("demo", look(Client(), "/es/")))

    records.keep("frames", answers, drawn, whole=True)


def test_without_the_second_step(edition, settings, look, drawn, records):
    settings.SECOND_FACTOR_REQUIRED = True
    canary_traces.settle(edition, at=timezone.now())

    answer = look(entered("tomas", second_factor=False), "/es/account/second-step/")

    records.keep("empty/second-step", [("tomas", answer)], drawn)


def test_figures_of_the_region(sofia, client, nobody, released, look, drawn, records):
    client.force_login(sofia)
    board = "/es/region/figures/"
    quarter = quarter_of(timezone.localdate())
    answers = [
        ("board", look(client, board)),
        ("country", look(client, f"{board}GT/")),
        ("few", look(client, f"{board}PA/")),
        ("unknown week", look(client, f"{board}?week=2020-W01")),
        ("open data", look(nobody, "/es/open-data/")),
    ]
    records.keep("figures/region", answers, drawn)
    drawn.clear()

    paper = as_html(released, quarter=quarter, language="es")

    records.compare("figures/paper", masked(outline(paper, whole=True)), drawn)


def test_what_was_learned(ines, sofia, admin, crowd, look, drawn, records):
    answers = []
    for person in (ines, sofia):
        browser = Client()
        browser.force_login(person)
        for path in ("/es/reports/gain/", "/es/region/gain/"):
            answers.append((f"{person} {path}", look(browser, path)))

    records.keep("figures/gain", answers, drawn)


def test_what_goes_wrong(nobody, settings, look, drawn, records):
    strict = Client(enforce_csrf_checks=True)
    request = RequestFactory().get("/es/help/")
    request.reference = "8F2K0000"
    with override("es"):
        failed = errors.server_error(request)
    answers = [
        ("500", failed),
        ("without a token", strict.post("/es/theme/", {"theme": "dark"})),
        ("404", look(nobody, "/es/nothing/")),
        ("wrong link", look(nobody, "/es/join/nothing/")),
    ]
    for theme in ("dark", "light"):
        nobody.cookies["theme"] = theme
        answers.append((theme, look(nobody, "/es/accessibility/")))
    lost = Document.objects.create(title="Acta", file="documents/acta.pdf")
    answers.append(("file missing", look(nobody, lost.url)))
    settings.ROOT_URLCONF = "tests.lms.web.failing_urls"
    answers += [(str(n), look(nobody, f"/fail/{n}")) for n in (400, 403)]

    records.keep("errors", answers, drawn)
