"""The holder's own pages: the certificate, its file, the link that shows the name."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote_plus
from uuid import uuid4

import pytest
from django.templatetags.static import static
from django.test import Client
from django.utils import timezone

from certificates.actions import keep_file
from certificates.models import Certificate, ShareLink
from certificates.sharing import make_link, use_link
from certificates.tasks import look_for_certificates
from lms.audit.models import Event
from lms.belonging.actions import shield
from lms.mail.models import Letter
from lms.mail.troubles import CERTIFICATE_MISSING
from tests.certificates.conftest import PAPER

pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def as_bruno(bruno):
    other = Client()
    other.force_login(bruno)
    return other


@pytest.fixture
def here(award):
    return f"/en/certificates/{award.pk}/"


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_shows_standing_facts_and_the_address(as_ana, here, kept, settings):
    said = words(as_ana.get(here))

    for fact in (
        "VALID until 2 November 2028",
        "renew it before that day",
        "Trafficking in persons",
        "Ana Lucía Ruiz Morales",
        "Download PDF (1 KB)",
        f"{settings.SITE_URL}/v/{kept.code}",
    ):
        assert fact in said


@pytest.mark.parametrize("state", ["expired", "revoked", "suspended", "superseded"])
def test_the_page_says_when_it_no_longer_stands(as_ana, here, put, state):
    put(state)

    said = words(as_ana.get(here))

    assert state.upper() in said
    assert "SECRET-REASON" not in said


def test_before_there_is_a_file_the_page_says_so(as_ana, here):
    said = words(as_ana.get(here))

    assert "The file is being prepared" in said
    assert "Download PDF" not in said


def test_the_file_is_what_was_kept_under_a_neutral_name(as_ana, here, kept):
    response = as_ana.get(f"{here}certificate.pdf")

    assert b"".join(response.streaming_content) == PAPER
    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"]
        == f'attachment; filename="certificado-{kept.code[:8]}.pdf"'
    )
    assert "no-store" in response["Cache-Control"]


def test_the_file_leads_to_the_page_while_there_is_none(as_ana, here):
    assert as_ana.get(f"{here}certificate.pdf")["Location"] == here


def test_a_download_is_an_export_in_the_log(as_ana, here, kept, ana):
    b"".join(as_ana.get(f"{here}certificate.pdf").streaming_content)

    event = Event.objects.visible_to(ana).get()
    assert (event.kind, event.actor) == (Event.Kind.EXPORT, ana)


def test_looking_at_ones_own_page_is_no_event(as_ana, here):
    as_ana.get(here)

    assert not Event.objects.exists()


PATHS = ["", "certificate.pdf"]


@pytest.mark.parametrize("path", PATHS)
def test_a_strangers_certificate_is_not_found(as_bruno, here, kept, path):
    assert as_bruno.get(here + path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_nobodys_certificate_is_not_found(as_ana, path):
    assert as_ana.get(f"/en/certificates/{uuid4()}/{path}").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_somebody_who_is_not_signed_in_is_asked_to(client, here, kept, path):
    response = client.get(here + path)

    assert response.status_code == 302
    assert response["Location"].startswith("/en/account/login/?next=")


def test_sharing_makes_a_link_that_shows_the_name_once(as_ana, here, award):
    made = as_ana.post(f"{here}share/")
    said = as_ana.get(here)

    assert made["Location"] == f"{here}#shared"
    link, token = said.context["shared"].split("#show=")
    assert link.endswith(f"/v/{award.code}")
    visitor = Client(headers={"accept-language": "en"})
    shown = visitor.post(f"/v/{award.code}", {"check": "link", "token": token})
    assert "Ana Lucía Ruiz Morales" in words(shown)
    assert "works until 9 November 2026, 12:00" in words(said)
    assert token not in words(as_ana.get(here))
    kinds = Event.objects.order_by("pk").values_list("kind", "purpose")
    assert list(kinds) == [
        ("export", "certificate link"),
        ("look", "shared certificate"),
    ]


def test_each_address_has_a_button_that_only_a_script_shows(as_ana, here, settings):
    as_ana.post(f"{here}share/")
    page = as_ana.get(here).content.decode()

    fields = re.findall(
        r'<button [^>]*type="button" aria-controls="(\w+)" hidden>', page
    )
    assert fields == ["address", "link"]
    assert all(f'<input id="{field}" readonly' in page for field in fields)
    assert f'<script type="module" src="{static("copy.js")}"></script>' in page
    script = (settings.BASE_DIR / "static" / "copy.js").read_text()
    assert "button.copies" in script
    assert "button.hidden = false" in script


@pytest.mark.parametrize("secret", ["x", "1:2", "9999999999:AAAA"])
def test_a_forged_secret_shows_no_link(as_ana, here, secret):
    as_ana.cookies["new_token"] = secret

    assert as_ana.get(here).context["shared"] == ""


def test_the_address_goes_elsewhere_without_a_name(as_ana, here, award, ana, settings):
    said = words(as_ana.get(here))
    links = re.findall(
        r'href="(https://(?:wa\.me|www\.linkedin)[^"]+)" rel="([^"]+)"', said
    )

    assert [rel for _url, rel in links] == ["noreferrer", "noreferrer"]
    for url, _rel in links:
        told = unquote_plus(unescape(url))
        assert f"{settings.SITE_URL.rstrip('/')}/v/{award.code}" in told
        assert not any(name in told for name in ana.legal_name.split())


def test_whoever_is_shielded_is_not_led_elsewhere(as_ana, here, ana):
    shield(ana, by=ana, reason="", at=timezone.now())

    assert "wa.me" not in words(as_ana.get(here))


def test_the_page_lists_the_uses_of_a_link(as_ana, here, award, ana, at):
    token = make_link(award, by=ana, at=at)
    assert "Nobody has used it." in words(as_ana.get(here))

    use_link(award, token=token, visitor="guard", at=at)
    use_link(award, token=token, visitor="office", at=at + timedelta(minutes=5))

    said = words(as_ana.get(here))
    assert "Used 2 times:" in said
    assert "2 November 2026, 12:05" in said


def test_one_press_withdraws_a_link(as_ana, here, award, ana, at):
    token = make_link(award, by=ana, at=at)
    link = ShareLink.objects.get()

    said = words(as_ana.post(f"{here}share/{link.uuid}/withdraw/", follow=True))

    assert "You withdrew the link: it shows your name no more." in said
    assert "withdrawn on" in said
    assert not use_link(award, token=token, visitor="guard", at=at)


def test_a_link_is_its_holders_to_withdraw(as_bruno, here, award, ana, at):
    token = make_link(award, by=ana, at=at)
    link = ShareLink.objects.get()

    answer = as_bruno.post(f"{here}share/{link.uuid}/withdraw/")

    assert answer.status_code == 404
    assert use_link(award, token=token, visitor="guard", at=at)


def test_a_sixth_link_is_refused_in_a_sentence(as_ana, here, award, ana, at):
    for _link in range(5):
        make_link(award, by=ana, at=at)

    said = words(as_ana.post(f"{here}share/", follow=True))

    assert "Five links show your name already." in said
    assert ShareLink.objects.count() == 5


def test_a_link_is_the_holders_to_make(as_bruno, client, here):
    assert as_bruno.post(f"{here}share/").status_code == 404
    assert client.post(f"{here}share/").status_code == 302
    assert not Event.objects.exists()


def test_a_link_is_made_by_a_post_with_a_token(as_ana, ana, here):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)

    assert as_ana.get(f"{here}share/").status_code == 405
    assert strict.post(f"{here}share/").status_code == 403
    assert not Event.objects.exists()


def test_the_page_asks_a_fixed_number_of_queries(
    as_ana, here, kept, at, django_assert_num_queries
):
    with django_assert_num_queries(5):  # session, person, certificate, two of links
        as_ana.get(here)
    for _link in range(3):
        token = make_link(kept, by=kept.holder, at=at)
        use_link(kept, token=token, visitor="guard", at=at)
    with django_assert_num_queries(6):  # their uses too
        as_ana.get(here)


def test_later_changes_do_not_reach_what_was_awarded(as_ana, here, kept, ana, at):
    before = Certificate.objects.values().get()
    ana.legal_name = "Otra Persona"
    ana.save()
    edition = kept.enrolment.edition
    edition.titles, edition.pass_mark = {"es": "Otro", "en": "Other"}, 1
    edition.save()

    keep_file(kept, pdf=b"%PDF-1.7 redrawn", at=at + timedelta(days=9))

    assert Certificate.objects.values().get() == before
    said = words(as_ana.get(here))
    assert "Trafficking in persons" in said
    assert "Ana Lucía Ruiz Morales" in said
    assert b"".join(as_ana.get(f"{here}certificate.pdf").streaming_content) == PAPER


@pytest.fixture
def lost(kept):
    kept.pdf.storage.delete(kept.pdf.name)
    return kept


def test_the_page_of_a_certificate_whose_file_is_missing_says_so(as_ana, here, lost):
    answer = as_ana.get(here)

    assert answer.status_code == 200
    assert "The file is missing on our side" in words(answer)
    assert "Download PDF" not in words(answer)


def test_a_missing_file_is_a_sentence_and_no_download(as_ana, here, lost, admin):
    answer = as_ana.get(f"{here}certificate.pdf")

    assert answer.status_code == 503
    assert "This file is missing on our side" in words(answer)
    assert Letter.objects.get().facts == {"kind": CERTIFICATE_MISSING}
    assert not Event.objects.exists()


def test_files_of_certificates_are_looked_for_every_day(kept, admin):
    look_for_certificates.func()
    assert not Letter.objects.exists()

    kept.pdf.storage.delete(kept.pdf.name)
    look_for_certificates.func()

    assert Letter.objects.get().facts == {"kind": CERTIFICATE_MISSING}
