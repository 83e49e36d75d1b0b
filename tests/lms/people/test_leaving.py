"""How an account ends: closed with everything kept, or erased."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates.actions import issue, keep_file
from certificates.erase_drill import stored_words
from certificates.models import Certificate, ShareLink, private_storage
from certificates.sharing import make_link
from certificates.tasks import delete_erased_file
from lms.audit.models import Event
from lms.mail.sending import send_chunk
from lms.models import Cohort, Letter, Mandate, User
from lms.people import actions
from lms.people.rules import name_hash
from lms.people.tasks import send_reset
from lms.refusals import Refused
from lms.support.mails import mail_link
from tests.factories import PASSWORD, EnrolmentFactory, PersonFactory
from tests.lms.people.seeding import (
    FILE,
    FIRST,
    NAME,
    TOKENS,
    awarded,
    seeded,
)
from tests.lms.team.inviting import invited
from tests.working import delivered

CLOSE = "/en/account/my-data/close/"
ERASE = "/en/account/my-data/erase/"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
LOCAL = "django.core.mail.backends.locmem.EmailBackend"
DAY = timedelta(days=1)
BOTH_ERASED = ["account erased"] * 2  # the account that became part goes along


@pytest.fixture
def person(admin, edition, at):
    return seeded(by=admin, edition=edition, at=at)


def purposes(person):
    return list(
        Event.objects.about(person).order_by("pk").values_list("purpose", flat=True)
    )


# Closed


def test_closing_ends_the_sign_in_and_keeps_the_records(client, ana, admin, at):
    client.force_login(ana)

    actions.close(ana, by=admin, reason="asked", at=at)

    assert (ana.is_active, ana.closed_at, ana.legal_name) == (
        False,
        at,
        "Ana Lucía Ruiz Morales",
    )
    assert not Session.objects.exists()
    assert client.get("/es/account/profile/").status_code == 302
    assert ana.affiliations.count() == 1
    assert purposes(ana) == ["account closed"]


def test_closing_twice_is_closing_once(ana, admin, at):
    actions.close(ana, by=admin, reason="asked", at=at)
    actions.close(ana, by=admin, reason="asked", at=at)

    assert purposes(ana) == ["account closed"]
    (letter,) = delivered()
    assert letter.to == ["ana@example.org"]
    assert ana.legal_name not in letter.body


@pytest.mark.parametrize(
    "page", ["/en/account/closed/", "/en/account/inactive/"], ids=["closed", "inactive"]
)
def test_whoever_wants_it_back_reads_whom_to_ask(client, db, settings, page):
    settings.SUPPORT_EMAIL = ""
    without = client.get(page).content.decode()
    settings.SUPPORT_EMAIL = "support@campus.example"
    named = client.get(page).content.decode()

    assert "Ask the focal point of your country." in without
    assert '<a href="mailto:support@campus.example">' in named
    assert "focal point" not in named


@pytest.mark.parametrize(
    ("support", "said"),
    [
        ("", "Ask the focal point of your country."),
        ("support@campus.example", "Write to people support: support@campus.example."),
    ],
)
def test_letter_of_a_closed_account_says_whom_to_ask(
    carla, at, settings, support, said
):
    settings.SUPPORT_EMAIL = support
    actions.close(carla, by=carla, reason="asked", at=at)

    assert said in delivered()[0].body


CALLED = []


def hook(person, by, reason, at):
    CALLED.append((person.pk, by.pk, reason, at))


def test_closing_ends_what_other_packages_granted(ana, admin, at, monkeypatch):
    monkeypatch.setattr("lms.people.records.CLOSING", [f"{__name__}.hook"])
    CALLED.clear()

    actions.close(ana, by=admin, reason="asked", at=at)

    assert [(ana.pk, admin.pk, "asked", at)] == CALLED


def test_closing_ends_the_mandates(tomas, admin, at):
    actions.close(tomas, by=admin, reason="asked", at=at)

    mandate = tomas.mandates.get()
    assert (mandate.ended_at, mandate.ended_by, mandate.ended_reason) == (
        at,
        admin,
        "asked",
    )


def test_erasing_by_the_clock_ends_the_mandates_without_a_name(tomas, at):
    actions.erase(tomas, by=None, at=at)

    mandate = tomas.mandates.get()
    assert (mandate.ended_at, mandate.ended_by) == (at, None)
    assert (mandate.reason, mandate.address) == ("—", "")


def test_closed_account_opens_again(client, ana, admin, at, sign_in):
    actions.close(ana, by=admin, reason="asked", at=at)

    actions.reopen(ana, by=admin, at=at)

    assert (ana.is_active, ana.closed_at) == (True, None)
    assert purposes(ana) == ["account closed", "account opened again"]
    assert sign_in(ana).status_code == 302


def test_account_that_is_open_is_not_opened_again(ana, admin, at):
    actions.reopen(ana, by=admin, at=at)

    assert purposes(ana) == []


def test_erased_and_merged_accounts_do_not_open_again(ana, bruno, admin, at):
    actions.erase(ana, by=admin, at=at)
    User.objects.filter(pk=bruno.pk).update(
        is_active=False, closed_at=at, merged_into=admin
    )

    with pytest.raises(Refused) as of_ana:
        actions.reopen(ana, by=admin, at=at)
    with pytest.raises(Refused) as of_bruno:
        actions.reopen(bruno, by=admin, at=at)

    assert of_ana.value.reasons == ["account-erased"]
    assert of_bruno.value.reasons == ["account-merged"]


# Erased


def test_seeded_person_is_all_over_the_place(person):
    stored = stored_words()

    assert [word for word in TOKENS if word not in stored] == ["zqbytes"]


def test_erasing_leaves_no_word_of_the_person_anywhere(
    person, admin, at, django_capture_on_commit_callbacks
):
    files = [row.pdf.name for row in person.certificates.all()]

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(person, by=admin, at=at)

    stored = stored_words().casefold()
    assert [word for word in TOKENS if word.casefold() in stored] == []
    assert len(files) == 2
    assert not any(private_storage().exists(name) for name in files)


def test_row_of_an_erased_person_is_emptied_and_stays(person, admin, at):
    actions.erase(person, by=admin, at=at)

    row = User.objects.get(pk=person.pk)
    assert row.email == f"erased-{row.uuid}@erased.invalid"
    assert (row.legal_name, row.sort_name, row.country, row.track) == ("", "", "", "")
    assert (row.erased_at, row.closed_at) == (at, at)
    assert not any([row.is_active, row.is_staff, row.is_superuser, row.holds_mandate])
    assert not row.has_usable_password()
    assert purposes(row) == BOTH_ERASED


@pytest.mark.parametrize("shielded", [True, False])
def test_who_was_shielded_stays_so_once_erased(admin, at, shielded):
    """Else figures that never counted them would grow on the day they leave."""
    one = PersonFactory(shielded=shielded)

    actions.erase(one, by=admin, at=at)

    assert User.objects.get(pk=one.pk).shielded is shielded


def test_sign_ins_half_done_end_with_the_account_and_others_go_on(
    ana, bruno, admin, at
):
    ana.emailaddress_set.create(email="Ruiz@example.org")
    held = {
        "signed in": {SESSION_KEY: str(ana.pk)},
        "typed her address": {"account_login": {"email": "ANA@example.org"}},
        "typed another of hers": {"steps": [["ruiz@example.org"]]},
        "somebody else": {SESSION_KEY: str(bruno.pk)},
        "typed somebody else's": {"account_login": {"email": bruno.email}},
        "typed a longer one": {"account_login": {"email": "mariana@example.org"}},
    }
    for facts in held.values():
        session = SessionStore()
        session.update(facts)
        session.save()

    actions.erase(ana, by=admin, at=at)

    left = [session.get_decoded() for session in Session.objects.all()]
    expected = [held[name] for name in list(held)[3:]]
    assert sorted(map(str, left)) == sorted(map(str, expected))


def test_what_others_rely_on_stays(person, admin, at):
    before = counts(person)

    actions.erase(person, by=admin, at=at)

    assert counts(person) == before


def counts(person):
    done = person.enrolments.get(completed_at=None)
    return (
        person.enrolments.count(),
        done.completions.count(),
        [
            (row.points, row.out_of, row.passed, row.items.count())
            for row in done.attempts.all()
        ],
        list(done.attempts.get().items.values_list("points", flat=True)),
        person.certificates.count(),
        person.affiliations.count(),
        person.mandates.count(),
    )


def test_accounts_that_became_part_go_along(person, admin, at):
    actions.erase(person, by=admin, at=at)

    part = User.objects.get(merged_into=person)
    assert (part.legal_name, part.erased_at) == ("", at)


def test_offer_to_an_erased_address_is_over(person, admin, at):
    actions.erase(person, by=admin, at=at)

    offer = Mandate.objects.get(holder=None)
    assert (offer.address, offer.ended_at) == ("", at)


def test_erasing_twice_is_erasing_once(person, admin, at):
    actions.erase(person, by=admin, at=at)
    actions.erase(person, by=admin, at=at)

    assert purposes(person) == BOTH_ERASED
    (letter,) = delivered()
    assert letter.to == [FIRST]
    assert "zq" not in letter.subject + letter.body


@pytest.mark.parametrize("end", ["close", "erase"])
def test_last_letter_goes_out_whenever_the_mail_server_is_back(
    ana, admin, at, settings, end
):
    """Also when the account that was closed is erased before that."""
    settings.MAILERS = {
        "default": {"BACKEND": SMTP, "OPTIONS": {"host": "127.0.0.1", "port": 1}}
    }
    if end == "close":
        actions.close(ana, by=admin, reason="asked", at=at)
    send_chunk(clock=lambda: at)
    actions.erase(ana, by=admin, at=at)
    send_chunk(clock=lambda: at + DAY)
    assert "ana@example.org" not in stored_words().casefold()
    assert mail.outbox == []

    settings.MAILERS = {"default": {"BACKEND": LOCAL}}
    send_chunk(clock=lambda: at + 2 * DAY)

    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]
    (row,) = Letter.objects.all()
    assert (row.sent_at, row.sealed) == (at + 2 * DAY, "")


def test_nobody_else_loses_anything(person, ana, bruno, edition, admin, at):
    kept = awarded(bruno, edition, at=at)
    before = list(
        User.objects.exclude(pk=person.pk).exclude(merged_into=person).values()
    )

    actions.erase(person, by=admin, at=at)

    after = list(
        User.objects.exclude(pk=person.pk).exclude(merged_into=person).values()
    )
    assert after == before
    kept.refresh_from_db()
    assert kept.holder_name == bruno.legal_name
    assert kept.pdf.read() == FILE
    assert bruno.emailaddress_set.count() == 1


def test_erasing_takes_no_task_or_session_that_only_looks_like_theirs(ana, admin, at):
    theirs = f"x.{ana.email}"
    kept = [mail_link.enqueue(str(admin.uuid), theirs)]
    gone = mail_link.enqueue(str(admin.uuid), ana.email.upper())
    waiting = SessionStore()
    waiting["account_login"] = {"email": theirs}
    waiting.save()

    actions.erase(ana, by=admin, at=at)

    left = DBTaskResult.objects.filter(pk__in=[kept[0].id, gone.id])
    assert [str(task.pk) for task in left] == [kept[0].id]
    assert Session.objects.filter(pk=waiting.session_key).exists()


def test_erasing_takes_no_task_of_others_because_of_a_name(ana, admin, at):
    """Whoever is called "Es" would take every letter in Spanish along."""
    ana.legal_name = "Es"
    ana.save()
    task = send_reset.enqueue("otra@example.org", "es")

    actions.erase(ana, by=admin, at=at)

    assert DBTaskResult.objects.filter(pk=task.id).exists()


def test_what_was_said_of_a_failed_task_loses_the_address(ana, admin, at):
    task = mail_link.enqueue(str(admin.uuid), "other@example.org")
    said = f"SMTPRecipientsRefused: {ana.email}, x{ana.email}"
    DBTaskResult.objects.filter(pk=task.id).update(traceback=said)

    actions.erase(ana, by=admin, at=at)

    (left,) = DBTaskResult.objects.filter(pk=task.id)
    assert left.traceback == f"SMTPRecipientsRefused: —, x{'ana@example.org'}"


# The paper of an erased person


def test_papers_of_five_erased_people_still_verify(
    client, edition, admin, at, django_capture_on_commit_callbacks
):
    for number in range(5):
        name = f"Persona {'ABCDE'[number]} Ruiz"
        holder = PersonFactory(legal_name=name)
        paper = awarded(holder, edition, at=at)

        with django_capture_on_commit_callbacks(execute=True):
            actions.erase(holder, by=admin, at=at)

        row = Certificate.objects.get(pk=paper.pk)
        assert (row.holder_name, row.pdf.name, row.erased_at) == ("", "", at)
        assert row.sha256 == sha256(FILE).hexdigest()
        assert row.name_hash == name_hash(
            name, salt=row.name_salt, key=settings.NAME_HASH_KEY
        )
        page = client.get(f"/v/{row.code}").content.decode()
        assert name not in page
        told = client.post(f"/v/{row.code}", {"check": "name", "name": name})
        assert "El nombre coincide" in told.content.decode()
        other = client.post(f"/v/{row.code}", {"check": "name", "name": "Otra"})
        assert "El nombre no coincide" in other.content.decode()


def test_file_of_an_erased_person_is_still_the_one_that_was_issued(
    client, person, admin, at
):
    code = person.certificates.filter(revoked_at=None).get().code
    actions.erase(person, by=admin, at=at)

    said = client.post(
        f"/v/{code}", {"check": "file", "file": uploaded(FILE)}
    ).content.decode()

    assert "El archivo es el que se emitió" in said


def uploaded(content):
    return SimpleUploadedFile("paper.pdf", content)


def test_download_is_gone_with_a_sentence(client, ana, edition, at):
    paper = awarded(ana, edition, at=at)
    Certificate.objects.filter(pk=paper.pk).update(holder_name="", pdf="", erased_at=at)
    client.force_login(ana)

    page = client.get(f"/en/certificates/{paper.pk}/")
    file = client.get(f"/en/certificates/{paper.pk}/certificate.pdf")

    assert "The account of the holder was erased" in page.content.decode()
    assert file["Location"] == f"/en/certificates/{paper.pk}/"


def test_link_that_shows_the_name_shows_none_after_the_erasure(
    client, person, admin, at
):
    paper = person.certificates.filter(revoked_at=None).get()
    token = make_link(paper, by=person, at=timezone.now())

    actions.erase(person, by=admin, at=at)

    page = client.post(
        f"/v/{paper.code}?lang=en", {"check": "link", "token": token}
    ).content.decode()
    assert not ShareLink.objects.exists()
    assert NAME not in page
    assert "This link no longer shows the name" in page


def test_file_is_not_made_after_the_erasure(ana, edition, admin, at):
    taken = EnrolmentFactory(learner=ana, edition=edition, completed_at=at)
    paper = issue(taken, at=at)

    actions.erase(ana, by=admin, at=at)

    assert keep_file(paper, pdf=FILE, at=at) is False
    assert not Certificate.objects.not_rendered().exists()


def test_task_deletes_a_file_that_a_killed_process_left(person, admin, at):
    paper = person.certificates.filter(revoked_at=None).get()
    name = paper.pdf.name
    delete_erased_file.func(str(paper.pk))
    assert private_storage().exists(name)

    actions.erase(person, by=admin, at=at)
    delete_erased_file.func(str(paper.pk))

    assert not private_storage().exists(name)


# One's own screens


@pytest.mark.parametrize(
    ("path", "field"), [(CLOSE, "closed_at"), (ERASE, "erased_at")]
)
def test_person_leaves_and_reads_what_is_now_true(sure, ana, path, field):
    client = sure(ana)

    answer = client.post(path, {"email": " ANA@example.org"}, follow=True)

    assert getattr(User.objects.get(pk=ana.pk), field)
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated
    heading = {CLOSE: "The account is closed", ERASE: "The data were erased"}[path]
    assert f"<h1>{heading}</h1>" in answer.content.decode()
    again = client.post(
        "/en/account/login/", {"login": "ana@example.org", "password": PASSWORD}
    )
    assert "_auth_user_id" not in client.session
    assert again.status_code in {302, 422}


@pytest.mark.parametrize("path", [CLOSE, ERASE])
@pytest.mark.parametrize("typed", ["", "bruno@example.org", "x"])
def test_slip_of_the_finger_changes_nothing(sure, ana, path, typed):
    before = User.objects.filter(pk=ana.pk).values().get()

    answer = sure(ana).post(path, {"email": typed})

    assert answer.status_code == 422
    after = User.objects.filter(pk=ana.pk).values().get()
    assert after | {"last_login": None} == before | {"last_login": None}


@pytest.mark.parametrize("path", [CLOSE, ERASE])
def test_leaving_asks_for_the_password_first(client, ana, path):
    client.force_login(ana)

    answer = client.post(path, {"email": "ana@example.org"})

    assert answer["Location"].startswith("/en/account/reauthenticate/")
    assert User.objects.get(pk=ana.pk).closed_at is None


@pytest.mark.parametrize("path", [CLOSE, ERASE])
def test_looking_at_the_page_changes_nothing(sure, ana, path):
    page = sure(ana).get(path)

    assert page.status_code == 200
    assert User.objects.get(pk=ana.pk).closed_at is None


@pytest.mark.parametrize("name", ["export", "close", "erase"])
def test_my_data_leads_to_every_way_out(client, ana, name):
    client.force_login(ana)

    page = client.get("/en/account/my-data/").content.decode()

    assert f'href="/en/account/my-data/{name}/"' in page


def test_erasing_forgets_who_was_named_as_a_superior_on_a_list(ana, bruno, tomas, at):
    named = {"name": "Bruno", "superior_name": "Ana", "superior_address": ana.email}
    kept = invited(Cohort.objects.get(), by=tomas, at=at, **named)

    actions.erase(ana, by=None, at=at)

    kept.refresh_from_db()
    assert kept.facts == {"name": "Bruno"}
