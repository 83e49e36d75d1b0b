"""What visitors and learners send: their account, their lessons, their answers."""

from uuid import UUID

from django.conf import settings

from courses.inperson.rules import room_code, window_of
from tests.courses.answering import RIGHT
from tests.courses.cases.small import key
from tests.courses.reasoning.building import TEXT as REASONS
from tests.factories import NOON, PASSWORD
from tests.posts.forms.form import Form

POST = {
    "country": "GT",
    "institution": "other",
    "institution_typed": "Juzgado Primero",
    "track": "judge",
    "position": "Judicatura",
    "next": "/es/",
}
SIGN_UP = {
    "email": "nestor@example.org",
    "legal_name": "Néstor Pérez",
    "password1": "cuatro palabras sueltas",
    "institution": "other-GT",
    "institution_typed": "Juzgado Primero",
    "track": "judge",
    "language": "es",
    "consent": "on",
}
NEW = {"password1": "cuatro palabras sueltas", "password2": "cuatro palabras sueltas"}
WORKSHOP = UUID("00000000-0000-4000-8000-00000000d0d0")
AWARD = UUID("00000000-0000-4000-8000-00000000a3a2")
# What the room's screen says at NOON, with the key of the test settings: staff.py.
CODE_OF_NOON = room_code(WORKSHOP, window=window_of(NOON), key=settings.SECRET_KEY)
ANSWERS = {name: value for name, value in RIGHT.items() if name != "q-2"} | {"q-2": "1"}
KEY = {"name": "Llave", "credential": '{"id": "x"}'}
FORMS = {
    "theme": Form(
        "theme/",
        {"theme": "dark", "next": "/es/"},
        "nobody",
        free="next",
        optional="next",
    ),
    "people_post": Form(
        "account/post/",
        POST,
        free="next",
        optional="next position",
        text="institution_typed position",
    ),
    "people_profile": Form(
        "account/profile/",
        {
            "legal_name": "Ana Ruiz",
            "sort_name": "Ruiz, Ana",
            "reason": "Matrimonio",
            "language": "es",
        },
        optional="sort_name",
        text="reason",
    ),
    "take_back_name": Form("account/profile/keep-name/"),
    "agree": Form("account/agree/", {"next": "/es/"}, free="next", optional="next"),
    "shield": Form("account/shield/"),
    "close_account": Form(
        "account/my-data/close/", {"email": "ana@example.org"}, "sure"
    ),
    "erase_account": Form(
        "account/my-data/erase/", {"email": "ana@example.org"}, "sure"
    ),
    "end_device": Form("account/sessions/{}/end/", thing="device_key"),
    "end_other_devices": Form("account/sessions/end-others/"),
    "account_signup": Form(
        "account/signup/",
        SIGN_UP,
        "nobody",
        free="consent password1",
        text="institution_typed",
    ),
    "join_sign_up": Form("join/{}/sign-up/", {}, "nobody", "token"),
    "account_login": Form(
        "account/login/",
        {"login": "ana@example.org", "password": PASSWORD, "shared": "on"},
        "nobody",
        "ana",
        free="shared",
        optional="shared",
    ),
    "account_logout": Form("account/logout/"),
    "account_reauthenticate": Form("account/reauthenticate/", {"password": PASSWORD}),
    "account_email": Form(
        "account/email/",
        {"email": "other@example.org", "action_add": ""},
        "sure",
        free="action_add",
        optional="email action_add",
        again=True,  # a further letter with a further code
    ),
    "account_change_password": Form(
        "account/password/change/", {"oldpassword": PASSWORD} | NEW, "sure"
    ),
    "account_set_password": Form("account/password/set/", NEW, "without_password"),
    "account_reset_password": Form(
        "account/password/reset/", {"email": "ana@example.org"}, "nobody", "ana"
    ),
    "account_reset_password_from_key": Form(
        "account/password/reset/key/{}/", NEW, "nobody", "reset_key"
    ),
    "account_email_verification_sent": Form(
        "account/confirm-email/", {"code": "1"}, "signing_up", works=False
    ),
    "mfa_authenticate": Form(
        "account/2fa/authenticate/", {"code": "1"}, "half_in", works=False
    ),
    "mfa_reauthenticate": Form(
        "account/2fa/reauthenticate/", {"code": "1"}, "signed_in", "app", works=False
    ),
    "mfa_activate_totp": Form(
        "account/2fa/totp/activate/", {"code": "1"}, "sure", works=False
    ),
    "mfa_deactivate_totp": Form(
        "account/2fa/totp/deactivate/", {}, "sure", works=False
    ),
    "mfa_generate_recovery_codes": Form(
        "account/2fa/recovery-codes/generate/", {}, "sure", works=False
    ),
    "mfa_add_webauthn": Form(
        "account/2fa/webauthn/add/",
        KEY,
        "sure",
        optional="name",
        text="name",
        works=False,
    ),
    "mfa_reauthenticate_webauthn": Form(
        "account/2fa/webauthn/reauthenticate/",
        {"credential": '{"id": "x"}'},
        "signed_in",
        "key",
        works=False,
    ),
    "mfa_edit_webauthn": Form(
        "account/2fa/webauthn/keys/{}/edit/",
        {"name": "Otra llave"},
        "sure",
        "key",
        text="name",
    ),
    "mfa_remove_webauthn": Form(
        "account/2fa/webauthn/keys/{}/remove/", {}, "sure", "key"
    ),
    "share_certificate": Form("certificates/{}/share/", thing="award_key", again=True),
    "withdraw_link": Form(
        f"certificates/{AWARD}/share/{{}}/withdraw/", thing="share_link"
    ),
    "start_assignment": Form("learn/assignments/{}/start/", thing="assigned"),
    "name_superior": Form(
        "learn/assignments/{}/superior/",
        {"name": "Marta Chen", "address": "jefatura@example.org"},
        thing="assigned_if_approved",
        text="name",
    ),
    "renew_calendar": Form("my-learning/calendar/renew/", again=True),
    "enrol": Form("learn/courses/{}/enrol/", thing="course_key"),
    "leave": Form("learn/enrolments/{}/leave/", thing="enrolment_key"),
    "finish_lesson": Form(
        "learn/activities/{}/finish/",
        {"revision": "1"},
        thing="lesson_key",
        free="revision",
        optional="revision",
    ),
    "lesson_note": Form(
        "learn/activities/{}/note/",
        {"text": "Preguntar por el pasaporte", "is_marked": "on"},
        thing="lesson_key",
        free="is_marked text",
        optional="text is_marked",
    ),
    "reasons": Form(
        "learn/enrolments/{}/reasons/",
        {"text": REASONS, "go": "hand-in"},
        thing="asked_for_reasons",
        free="go",
        optional="go text",
    ),
    "reasons_again": Form(
        "learn/enrolments/{}/reasons/again/",
        {"reason": "Cité la norma y no se vio."},
        thing="marked_page",
        free="reason",
    ),
    "start_attempt": Form("learn/activities/{}/start/", thing="final_key"),
    "attempt": Form(
        "attempts/{}/",
        ANSWERS | {"go": "stay"},
        thing="attempt_key",
        optional=" ".join(ANSWERS),
    ),
    "attempt_answers": Form(
        "attempts/{}/answers/",
        ANSWERS | {"go": "stay"},
        thing="attempt_key",
        optional=" ".join(ANSWERS),
    ),
    "attempt_submit": Form("attempts/{}/submit/", thing="attempt_key"),
    "start_case": Form(
        "learn/activities/{}/case/", {"role": "judge"}, thing="case_key"
    ),
    "case_step": Form(
        "cases/{}/1/",
        {"option": key("1b"), "reasons": "Por su seguridad."},
        thing="run_key",
        optional="reasons",
        free="reasons",
    ),
    "case_decide": Form(
        "cases/{}/1/decide/",
        {"option": key("1b"), "reasons": "Por su seguridad."},
        thing="run_key",
        optional="reasons",
        free="reasons",
    ),
    "case_stop": Form("cases/{}/stop/", thing="failed_run_key"),
    "workshop_take": Form("my-learning/workshops/{}/take/", thing="workshop_ahead"),
    "workshop_give_back": Form(
        "my-learning/workshops/{}/give-back/", thing="workshop_with_a_place"
    ),
    "workshop_here": Form(
        "my-learning/workshops/{}/here/",
        {"code": CODE_OF_NOON},
        thing="workshop_now",
    ),
    "verify_code": Form(
        "/v/{}",
        {"check": "name", "name": "Eva"},
        "nobody",
        "code",
        "check",
        "check",
        asks=True,
    ),
    "verify_code:link": Form(
        "/v/{}", {"check": "link", "token": "x"}, "nobody", "code", asks=True
    ),
}
