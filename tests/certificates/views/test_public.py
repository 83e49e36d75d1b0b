"""The check for anyone: what it says, what it keeps to itself, what it refuses."""

import gzip
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.templatetags.static import static
from django.test import Client

from certificates import rules
from certificates.models import Certificate, ShareUse
from certificates.sharing import SHOW, make_link
from lms.audit.models import Event
from lms.models import Tries
from tests.certificates.conftest import PAPER

pytestmark = pytest.mark.usefixtures("on_the_day")
NAME = "Ana Lucía Ruiz Morales"
UNKNOWN = "0" * 26


@pytest.fixture
def visitor():
    """Somebody with a phone that speaks English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def here(award):
    return f"/v/{award.code}"


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ("valid", "VALID until 2 November 2028"),
        ("expired", "EXPIRED on 1 November 2026"),
        ("revoked", "REVOKED on 2 November 2026"),
        ("suspended", "SUSPENDED on 2 November 2026"),
        ("superseded", "SUPERSEDED by a later certificate"),
    ],
)
def test_a_known_certificate_says_how_it_stands(visitor, put, state, verdict):
    award = put(state)

    response = visitor.get(f"/v/{award.code}")

    assert response.status_code == 200
    assert verdict in words(response)
    assert words(response).count('class="icon"') > 1


def test_revoked_is_said_without_the_reason(visitor, put):
    award = put("revoked")

    assert "SECRET-REASON" not in words(visitor.get(f"/v/{award.code}"))


def test_it_says_what_the_paper_claims(visitor, here, award):
    said = words(visitor.get(here))

    for fact in (
        "Trafficking in persons",
        "Regional programme",
        "2026-1, version 1",
        "2 November 2026",
        "2 November 2028",
        rules.code_printed(award.code),
    ):
        assert fact in said


def pages_of(visitor, award):
    """Yield every answer of the check that nobody has told the name."""
    path = f"/v/{award.code}"
    yield visitor.get(path)
    yield visitor.get(f"{path}?lang=es")
    yield visitor.get(f"{path}?show=forged")
    yield visitor.post(path, {"check": "link", "token": "forged"})
    yield visitor.post(path, {"check": "name", "name": "Somebody Else"})
    yield visitor.post(path, {"check": "name", "name": ""})
    yield visitor.post(path, {"check": "file", "file": SimpleUploadedFile("a", PAPER)})
    yield visitor.post(path, {"check": "file"})
    for _try in range(6):
        yield visitor.post(path, {"check": "name", "name": "Somebody Else"})


def test_no_answer_holds_a_token_of_the_name(visitor, kept, ana):
    secrets = [*NAME.split(), kept.name_hash, kept.name_salt, ana.email, str(kept.pk)]

    leaks = [
        (response.status_code, secret)
        for response in pages_of(visitor, kept)
        for secret in secrets
        if secret in response.content.decode() + str(response.headers)
    ]

    assert leaks == []


def test_no_answer_reads_a_session_or_sets_a_cookie(visitor, client, kept, ana):
    client.force_login(ana)  # even somebody signed in is nobody here
    for known in (visitor, client):
        for response in pages_of(known, kept):
            assert not response.cookies
            assert "Cookie" not in response.get("Vary", "")
            assert "Sign out" not in response.content.decode()
        Tries.objects.all().delete()


def test_every_answer_is_for_no_cache_and_no_search_engine(visitor, kept):
    answers = [*pages_of(visitor, kept), visitor.get("/v/"), visitor.get("/v/nothing")]

    assert {r["X-Robots-Tag"] for r in answers} == {"noindex, nofollow"}
    assert all("no-store" in r["Cache-Control"] for r in answers)
    assert all("private" in r["Cache-Control"] for r in answers)


def test_it_asks_the_database_once(visitor, here, django_assert_num_queries):
    with django_assert_num_queries(1):
        visitor.get(here)


@pytest.mark.parametrize("path", ["/v/{}", "/V/{}"])
def test_a_code_as_printed_in_the_qr_answers_at_once(visitor, award, path):
    assert visitor.get(path.format(award.code)).status_code == 200


@pytest.mark.parametrize(
    "typed",
    ["/v/{lower}", "/v/{printed}", "/V/{printed}", "/v/{code}/", "/v/%20{code}"],
)
def test_a_code_as_typed_leads_to_its_one_address(visitor, award, typed):
    path = typed.format(
        lower=award.code.lower(),
        printed=rules.code_printed(award.code),
        code=award.code,
    )

    response = visitor.get(f"{path}?lang=en&code=x&request=y", follow=True)

    assert response.status_code == 200
    assert response.request["PATH_INFO"] in (f"/v/{award.code}", f"/v/{award.code}/")


def test_the_form_leads_to_the_certificate(visitor, award):
    typed = rules.code_printed(award.code).lower()

    response = visitor.get("/v/", {"code": typed, "lang": "en"})

    assert response.status_code == 302
    assert response["Location"] == f"/v/{award.code}?lang=en"


@pytest.mark.parametrize("path", ["/v/", "/V/"])
def test_the_form_is_there(visitor, path):
    response = visitor.get(path)

    assert response.status_code == 200
    assert "Code of the certificate" in words(response)


@pytest.mark.parametrize("path", ["/v", "/V"])
def test_the_form_forgives_a_missing_slash(visitor, path):
    assert visitor.get(path)["Location"] == "/v/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        f"/v/{UNKNOWN}",
        "/v/short",
        "/v/short/",
        "/V/" + "U" * 26,
        "/v/?code=short",
        "/v/%00%F0%9F%98%80",
        "/v/" + "9" * 3000,
    ],
)
def test_an_unknown_code_is_one_neutral_page(visitor, path):
    response = visitor.get(path)

    assert response.status_code == 404
    assert "the letters I, L, O and U are not used" in words(response)
    assert "REVOKED" not in words(response)


@pytest.mark.django_db
def test_a_code_that_nobody_has_looks_like_one_that_cannot_be(visitor):
    possible, impossible = visitor.get(f"/v/{UNKNOWN}"), visitor.get("/v/" + "U" * 26)

    assert words(possible).replace(UNKNOWN, "") == words(impossible).replace(
        "U" * 26, ""
    )


@pytest.mark.parametrize(
    ("accepts", "asked", "language"),
    [
        ("en", "", "en"),
        ("es-GT,es;q=0.9", "", "es"),
        ("de", "", "es"),
        ("en", "?lang=es", "es"),
        ("es", "?lang=en", "en"),
        ("en", "?lang=xx", "en"),
        ("en", "?lang=", "en"),
    ],
)
def test_it_answers_in_the_readers_language(here, accepts, asked, language):
    response = Client(headers={"accept-language": accepts}).get(here + asked)

    assert f'<html lang="{language}"' in response.content.decode()
    assert response["Content-Language"] == language


def test_the_other_language_is_one_link_away(visitor, here):
    assert f'href="{here}?lang=es"' in visitor.get(here).content.decode()


@pytest.mark.parametrize("typed", [NAME, "ruiz morales, ana lucia"])
def test_the_name_on_the_paper_matches(visitor, here, typed):
    response = visitor.post(here, {"check": "name", "name": typed})

    assert response.status_code == 200
    assert "The name matches" in words(response)


def test_another_name_does_not_match(visitor, here):
    response = visitor.post(here, {"check": "name", "name": "Bruno <b>Xicará"})

    assert response.status_code == 200
    assert "The name does not match" in words(response)
    assert "Bruno &lt;b&gt;Xicará" in words(response)


def test_a_check_of_the_name_is_an_event_without_an_actor(visitor, here, ana):
    visitor.post(here, {"check": "name", "name": "Bruno"})

    event = Event.objects.get()
    assert (event.kind, event.actor) == (Event.Kind.CHECK, None)
    assert list(event.subjects.all()) == [ana]


def test_looking_alone_leaves_no_event(visitor, here):
    visitor.get(here)

    assert not Event.objects.exists()


def test_five_names_an_hour_for_all_checkers_together(here):
    clients = [
        Client(headers={"accept-language": "en"}, REMOTE_ADDR=f"203.0.113.{n}")
        for n in (1, 2, 3)
    ]

    statuses = [
        clients[n % 3].post(here, {"check": "name", "name": "Nobody"}).status_code
        for n in range(5)
    ]
    last = clients[0].post(here, {"check": "name", "name": NAME})

    assert statuses == [200] * 5
    assert (last.status_code, last["Retry-After"]) == (429, "3600")
    assert "Try again in an hour" in words(last)
    assert "matches" not in words(last)
    assert Event.objects.count() == 5


def test_the_hour_passes(visitor, here, on_the_day):
    for _try in range(6):
        visitor.post(here, {"check": "name", "name": "Nobody"})

    on_the_day.shift(timedelta(hours=1))

    assert visitor.post(here, {"check": "name", "name": NAME}).status_code == 200


def test_thirty_checks_a_minute_from_one_address(here, award):
    clients = [Client(headers={"accept-language": "en"}) for _client in range(3)]
    nothing = {"check": "name", "name": ""}

    statuses = [clients[n % 3].post(here, nothing).status_code for n in range(30)]
    last = clients[0].post(here, {"check": "name", "name": NAME})
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").post(here, {"name": NAME})

    assert statuses == [422] * 30
    assert (last.status_code, last["Retry-After"]) == (429, "60")
    assert "Try again in a minute" in words(last)
    assert elsewhere.status_code == 200
    assert not Tries.objects.filter(key__contains="127.0.0.1").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"check": "name"},
        {"check": "name", "name": "   "},
        {"check": "name", "name": "A" * 201},
        {"check": "nonsense"},
        {"check": ["name", "file"], "file": ""},
        {"check": "file"},
        {"check": "file", "file": "text in place of a file"},
        {"check": "file", "file": SimpleUploadedFile("a.pdf", b"")},
        {"check": "file", "file": SimpleUploadedFile("a.pdf", b"GIF89a")},
    ],
)
def test_a_check_of_nothing_is_a_sentence_and_changes_nothing(visitor, here, fields):
    before = list(Certificate.objects.values())

    response = visitor.post(here, fields)

    assert response.status_code == 422
    assert "There is a problem" in words(response)
    assert list(Certificate.objects.values()) == before
    assert not Event.objects.exists()


def test_what_was_typed_wrongly_is_kept_and_named_in_the_title(visitor, here):
    response = visitor.post(here, {"check": "name", "name": ""})

    assert "<title>Error: " in words(response)
    assert 'aria-invalid="true"' in words(response)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [UNKNOWN, "short"])
def test_a_check_of_nobodys_code_is_the_neutral_page(visitor, typed):
    response = visitor.post(f"/v/{typed}", {"check": "name", "name": NAME})

    assert response.status_code == 404
    assert "We did not find that code" in words(response)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_answered(visitor, here, method):
    assert getattr(visitor, method)(here).status_code == 405


def test_broken_mail_of_a_form_is_a_bad_request(visitor, here):
    response = visitor.post(
        here, b"--x\r\nnonsense", content_type="multipart/form-data; boundary="
    )

    assert response.status_code == 400


def upload(content: bytes) -> dict:
    return {"check": "file", "file": SimpleUploadedFile("paper.pdf", content)}


def test_the_issued_file_is_recognised(visitor, here, kept):
    response = visitor.post(here, upload(PAPER))

    assert response.status_code == 200
    assert "The file is the one that was issued" in words(response)


def test_a_changed_file_is_told_apart(visitor, here, kept):
    response = visitor.post(here, upload(PAPER + b"\n"))

    assert response.status_code == 200
    assert "The file is not the one that was issued" in words(response)


def test_a_file_before_there_is_one_is_asked_to_wait(visitor, here, award):
    assert "The file is still being made" in words(visitor.post(here, upload(PAPER)))


@pytest.mark.parametrize("size", [2 * 1024 * 1024 + 1, 4 * 1024 * 1024])
def test_a_file_of_more_than_two_megabytes_is_refused(visitor, here, kept, size):
    response = visitor.post(here, upload(b"%PDF-" + b"0" * (size - 5)))

    assert response.status_code == 413
    assert "Choose a file of 2 MB or less" in words(response)


def test_a_file_of_two_megabytes_is_read(visitor, here, kept):
    response = visitor.post(here, upload(b"%PDF-" + b"0" * (2 * 1024 * 1024 - 5)))

    assert response.status_code == 200
    assert "Choose a file" not in words(response)


def test_a_checked_file_never_touches_the_disk(visitor, here, kept, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nothing-can-be-written-here"

    response = visitor.post(here, upload(b"%PDF-" + b"0" * 2_000_000))

    assert response.status_code == 200


def hand_in(visitor, here, token):
    return visitor.post(here, {"check": "link", "token": token})


def test_a_shared_link_shows_the_name_and_leaves_a_trace(visitor, here, award, ana, at):
    token = make_link(award, by=ana, at=at)

    response = hand_in(visitor, here, token)

    assert NAME in words(response)
    event = Event.objects.visible_to(ana).get(kind=Event.Kind.LOOK)
    assert (event.actor, event.purpose) == (None, "shared certificate")


def test_who_reloads_the_page_uses_the_link_once_and_still_reads_the_name(
    visitor, here, award, ana, at
):
    token = make_link(award, by=ana, at=at)

    pages = [hand_in(visitor, here, token) for _time in range(3)]

    assert all(NAME in words(page) for page in pages)
    assert ShareUse.objects.count() == 1
    other = Client(headers={"user-agent": "Another/1.0"})
    hand_in(other, here, token)
    assert ShareUse.objects.count() == 2
    assert not visitor.cookies


def test_a_whole_link_may_be_pasted(visitor, here, award, ana, at, settings):
    token = make_link(award, by=ana, at=at)

    response = hand_in(visitor, here, f" {settings.SITE_URL}{here}#show={token} ")

    assert NAME in words(response)


def test_an_address_never_shows_the_name(visitor, here, award, ana, at):
    token = make_link(award, by=ana, at=at)

    assert NAME not in words(visitor.get(f"{here}?show={token}"))
    assert NAME not in words(visitor.get(f"{here}?token={token}&check=link"))


@pytest.mark.parametrize("days", [6, 7])
def test_a_shared_link_ends_after_seven_days(visitor, here, award, ana, at, days):
    token = make_link(award, by=ana, at=at - timedelta(days=days))

    response = hand_in(visitor, here, token)

    assert (NAME in words(response)) is (days == 6)
    assert ("no longer shows the name" in words(response)) is (days == 7)


def test_a_missing_link_is_asked_for_in_a_sentence(visitor, here, award):
    response = hand_in(visitor, here, " ")

    assert response.status_code == 422
    assert "Paste the link that the holder gave you." in words(response)


def test_the_other_language_keeps_the_shared_link(visitor, here, award, ana, at):
    token = make_link(award, by=ana, at=at)

    said = words(hand_in(visitor, here, token))

    assert f'href="{here}?lang=es#show={token}"' in said
    assert "#show=" not in words(hand_in(visitor, here, "forged"))


def test_links_are_counted_with_the_checks_of_an_address(visitor, here, award):
    for _try in range(rules.CHECKS_PER_MINUTE):
        hand_in(visitor, here, "forged")

    assert hand_in(visitor, here, "forged").status_code == 429


def test_a_later_name_and_title_do_not_change_the_page(visitor, here, award, ana):
    before = visitor.get(here).content
    ana.legal_name = "Otra Persona"
    ana.save()
    edition = award.enrolment.edition
    edition.titles, edition.pass_mark = {"es": "Otro", "en": "Other"}, 1
    edition.issuer = {"es": "Otro", "en": "Other"}
    edition.save()

    assert visitor.get(here).content == before
    response = visitor.post(here, {"check": "name", "name": NAME})
    assert "The name matches" in words(response)


def test_the_page_is_light(visitor, here, settings):
    html = gzip.compress(visitor.get(here).content)
    css = gzip.compress((settings.BASE_DIR / "static" / "base.css").read_bytes())

    assert len(html) + len(css) <= 15 * 1024


def test_the_page_carries_the_strict_policy_and_nothing_inline(visitor, here):
    response = visitor.get(here)

    assert "default-src 'none'" in response["Content-Security-Policy"]
    page = response.content.decode()
    for forbidden in (" style=", " onclick="):
        assert forbidden not in page
    assert re.findall("<script.*?</script>", page, re.DOTALL) == [
        f'<script type="module" src="{static("shared.js")}"></script>'
    ]


def test_the_script_hands_in_what_the_holders_link_carries(visitor, here, settings):
    script = (settings.BASE_DIR / "static" / "shared.js").read_text()

    assert f"^{SHOW}" in script
    form = re.search('id="link".*?</form>', words(visitor.get(here)))[0]
    assert 'name="check" value="link"' in form
    assert 'name="token"' in form
