"""Who sends a form, and the records of Ana's that forms are about."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from certificates.actions import issue
from certificates.models import Certificate, ShareLink
from certificates.sharing import make_link
from tests.courses.answering import begin
from tests.courses.cases.small import a_run, make_case
from tests.factories import NOON, PASSWORD, EnrolmentFactory, make_edition
from tests.posts.assigning import (  # noqa: F401 - fixtures, asked for by their names
    assigned,
    assigned_if_approved,
    assigned_to,
    excepted,
    first_of_two,
    open_course,
    superior_token,
)
from tests.posts.forms import EVERY_FORM, FORMS
from tests.posts.forms.learners import AWARD
from tests.posts.reasons import (  # noqa: F401 - fixtures, asked for by their names
    asked_for_reasons,
    marked_page,
    waiting_page,
)
from tests.posts.staff import (  # noqa: F401 - fixtures, asked for by their names
    abroad,
    alarm,
    announced,
    api_token,
    approval,
    asked,
    at_the_workshop,
    attended,
    claim,
    cohort,
    cohort_and_institution,
    cohort_that_trains,
    confirmed,
    duty_post,
    institution,
    invitation,
    mandate,
    marta,
    member,
    membership_rule,
    ministry_mandate,
    named_superior,
    new_address_key,
    note,
    offer,
    officer,
    olga,
    open_code,
    open_room,
    pilar,
    post_holder,
    post_roster,
    report_schedule,
    roster,
    saved_report,
    second_admin,
    second_trainer,
    shielded,
    sure_ines,
    team,
    to_be_reminded,
    token,
    typed,
    visit,
    visit_to_a_closed_one,
    visit_to_a_key,
    visit_to_a_mandate,
    visit_to_one_of_two,
    workshop_ahead,
    workshop_now,
    workshop_with_a_place,
)
from tests.posts.sweeping import URLENCODED
from tests.working import work_off


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Time stands still, so that what is stored twice is the same."""
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def nobody():
    return Client()


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def sure(signed_in):
    """Ana, who has just shown that it is she."""
    signed_in.post("/es/account/reauthenticate/", {"password": PASSWORD})
    return signed_in


@pytest.fixture
def without_password(client, ana):
    ana.set_unusable_password()
    ana.save()
    client.force_login(ana)
    return client


@pytest.fixture
def signing_up(nobody, db):
    """Somebody who was sent a code."""
    nobody.post("/es/account/signup/", FORMS["account_signup"].good)
    return nobody


@pytest.fixture
def half_in(nobody, ana, app):
    """Ana between her password and her code."""
    nobody.post("/es/account/login/", {"login": ana.email, "password": PASSWORD})
    return nobody


def credential() -> dict:
    """Return what a security key sends when it is added."""
    public = ES256.from_cryptography_key(
        ec.generate_private_key(ec.SECP256R1()).public_key()
    )
    made = AttestedCredentialData.create(Aaguid(bytes(16)), b"key", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    facts = AuthenticatorData.create(bytes(32), flags, 0, made)
    response = {
        "clientDataJSON": websafe_encode(
            b'{"type": "webauthn.create", "challenge": "", "origin": "x"}'
        ),
        "attestationObject": websafe_encode(
            AttestationObject.create("none", facts, {})
        ),
    }
    name = websafe_encode(b"key")
    return {"id": name, "rawId": name, "type": "public-key", "response": response}


@pytest.fixture
def device_key(ana):
    """Another browser of Ana's."""
    Client().post("/es/account/login/", {"login": ana.email, "password": PASSWORD})
    return UserSession.objects.get(user=ana).pk


@pytest.fixture
def app(ana):
    """A second step that Ana turned on."""
    return Authenticator.objects.create(
        user=ana, type="totp", data={"secret": encrypt("A" * 32)}
    ).pk


@pytest.fixture
def key(ana):
    """A security key of Ana's; what it signs with does not matter here."""
    return Authenticator.objects.create(
        user=ana, type="webauthn", data={"name": "Llave", "credential": credential()}
    ).pk


@pytest.fixture
def reset_key(nobody, ana):
    """The key of a link that was mailed and opened."""
    nobody.post("/es/account/password/reset/", {"email": ana.email})
    work_off()
    (letter,) = [letter for letter in mail.outbox if "/key/" in letter.body]
    path = re.search(r"/es/account/password/reset/key/\S+", letter.body)[0]
    return nobody.get(path)["Location"].split("/")[-2]


@pytest.fixture
def enrolment_key(enrolment):
    return enrolment.pk


@pytest.fixture
def course_key(ana, course):
    return course.pk


@pytest.fixture
def lesson_key(enrolment, activities):
    return activities["lesson-1"].pk


@pytest.fixture
def final_key(enrolment, activities):
    return activities["final"].pk


@pytest.fixture
def attempt_key(enrolment, activities):
    return begin(enrolment, activities["final"]).pk


@pytest.fixture
def case_key(ana, course_page):
    """A case that Ana’s edition asks for."""
    page = make_case(course_page)
    EnrolmentFactory(learner=ana, edition=make_edition(course_page))
    return page.translation_key


@pytest.fixture
def run_key(enrolment):
    return a_run(enrolment, at=NOON).pk


@pytest.fixture
def failed_run_key(enrolment):
    run = a_run(enrolment, at=NOON)
    run.failed_at = NOON
    run.save()
    return run.pk


@pytest.fixture
def award(ana, edition):
    return issue(
        EnrolmentFactory(learner=ana, edition=edition, completed_at=NOON), at=NOON
    )


@pytest.fixture
def award_key(award):
    return award.pk


@pytest.fixture
def confirmed_award(award):
    """A certificate of somebody whose post was confirmed."""
    award.holder.affiliations.update(confirmed_by=award.holder, confirmed_at=NOON)
    return award.pk


@pytest.fixture
def share_link(award):
    """A link of a certificate whose key is known."""
    Certificate.objects.filter(pk=award.pk).update(id=AWARD)
    make_link(Certificate.objects.get(), by=award.holder, at=NOON)
    return ShareLink.objects.get().uuid


@pytest.fixture
def code(award):
    return award.code


@pytest.fixture
def browser_of(request):
    """Return a function that hands out the browser of somebody, signed in."""

    def hand_out(name):
        who = request.getfixturevalue(name)
        if isinstance(who, Client):
            return who
        browser = Client()
        browser.force_login(who)
        return browser

    return hand_out


@pytest.fixture
def send(request, browser_of):
    """Return a function that sends a body to a form, in a language."""

    def sender(name):
        form = EVERY_FORM[name]
        thing = form.thing and request.getfixturevalue(form.thing)
        browser = browser_of(form.who)

        def send_it(body, *, language="es", browser=browser, thing=thing):
            return browser.post(
                address(form, thing, language),
                body,
                content_type=URLENCODED,
                headers={"accept-language": language},
            )

        send_it.browser = browser
        return send_it

    return sender


def address(form, thing, language: str) -> str:
    path = form.path.format(thing)
    return f"{path}?lang={language}" if path[0] == "/" else f"/{language}/{path}"
