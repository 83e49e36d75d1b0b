"""What those who work with people send, and what comes of it to whom they work with.

An address that takes forms of several kinds stands here once for each: what follows the
colon is the kind.
"""

from django.conf import settings

from lms.belonging.rules import digest_of
from tests.courses.reasoning.building import KEYS
from tests.posts.forms.form import Form
from tests.posts.forms.learners import NEW, WORKSHOP

# What a form says of a record, and the fixture gives it: staff.py.
CLAIMED, INSTITUTION = 4711, "4712"
BRUNO_SAYS = ["Bruno Xicará Tun", "", "gt-organismo-judicial", "judge", ""]
CLAIM = f"{CLAIMED}-{digest_of(BRUNO_SAYS, key=settings.SECRET_KEY)}"
COHORT = "00000000-0000-4000-8000-00000000c0c0"
CODE = "ABCD2345"
MINISTRY = "00000000-0000-4000-8000-0000000000b0"
RECIPIENT = "00000000-0000-4000-8000-0000000000e5"
DUTY_POST = "00000000-0000-4000-8000-0000000000d7"
HELD = "00000000-0000-4000-8000-0000000000e1"
MEMBER = "00000000-0000-4000-8000-0000000000a0"
OFFER = {
    "address": "nadie@example.org",
    "from_on": "2026-11-02",
    "until_on": "2027-11-01",
    "reason": "Oficio 7-2026",
}
COUNTRY = OFFER | {"country": "GT"}
SETTINGS = {
    "name": "Judicaturas 2027-1",
    "from_on": "2026-11-02",
    "until_on": "2027-11-01",
    "notes": "Los jueves",
    "asks_superior": "on",
    "escalates_after": "7",
}
SUPERIOR = {"superior_name": "Julia Sosa", "superior_address": "julia@example.org"}
WHY = {"reason": "Llamó por teléfono"}


def grant(kind: str, good: dict[str, str], who: str, thing: str = "") -> Form:
    return Form(f"mandates/grant/{kind}/", good, who, thing, text="reason")


def act(slug: str, good: dict[str, str] = WHY, thing: str = "visit", **more) -> Form:
    more = {"text": "reason"} | more
    return Form(f"support/visits/{{}}/{slug}/", good, "admin", thing, **more)


MANDATES = {
    "grant_mandate:secretariat": grant("secretariat", OFFER, "admin"),
    "grant_mandate:trainer": grant("trainer", COUNTRY, "sofia"),
    "grant_mandate:ministry": grant("ministry", COUNTRY, "sofia"),
    "grant_mandate:country-owner": grant("country-owner", COUNTRY, "sofia"),
    "grant_mandate:protection": grant("protection", COUNTRY, "sofia"),
    "grant_mandate:institution": grant(
        "institution", OFFER | {"institution": INSTITUTION}, "marta", "institution"
    ),
    "accept_mandate": Form("mandates/{}/accept/", thing="offer"),
    "accept_mandate_code": Form(
        "mandates/{}/accept/code/", {"code": "00000000"}, thing="offer", works=False
    ),
    "decline_mandate": Form("mandates/{}/decline/", thing="offer"),
    "give_back_mandate": Form("mandates/{}/give-back/", {}, "tomas", "mandate"),
    "end_mandate": Form("mandates/{}/end/", WHY, "sofia", "mandate", text="reason"),
    "decide_approval:approve": Form(
        "approvals/{}/decide/", {"answer": "approve"}, "sofia", "approval"
    ),
    "decide_approval:refuse": Form(
        "approvals/{}/decide/",
        {"answer": "refuse", "reason": "Falta el oficio"},
        "sofia",
        "approval",
        text="reason",
    ),
}
CERTIFICATES = {
    "change_certificate": Form(
        "certificates/{}/change/",
        {"why": "deception", "reason": "Oficio 9-2026"},
        "ines",
        "confirmed_award",
        text="reason",
    ),
}
TOKENS = {
    "new_token": Form(
        "mandates/tokens/new/",
        {"mandate": MINISTRY, "name": "Tablero", "until_on": "2026-11-30"},
        "sure_ines",
        "ministry_mandate",
        text="name",
    ),
    "revoke_token": Form("mandates/tokens/{}/revoke/", {}, "ines", "api_token"),
}
BELONGING = {
    "belonging:confirm": Form(
        "reports/belonging/", {"claim": CLAIM, "act": "confirm"}, "ines", "claim"
    ),
    "belonging:refuse": Form(
        "reports/belonging/",
        {"claim": CLAIM, "act": "refuse"},
        "ines",
        "claim",
        asks=True,
    ),
    "refuse_claims": Form(
        "reports/belonging/refuse/", {"claim": CLAIM}, "ines", "claim"
    ),
    "typed_institution": Form(
        "reports/typed/choose/?country=GT&is={}",
        {"institution": INSTITUTION},
        "marta",
        "typed",
    ),
    "shield_person": Form(
        "reports/people/{}/shield/", WHY, "ines", "confirmed", text="reason"
    ),
    "lift_shield": Form(
        "reports/shielded/{}/end/", {"asked": "on"}, "pilar", "shielded", free="asked"
    ),
    "lift_own_shield": Form("account/shield/end/", thing="shielded"),
    "load_roster": Form(
        "reports/coverage/load/",
        {"rows": "puesto;institución;curso\nTurno A;gt-organismo-judicial;C1"},
        "ines",
        "duty_post",
        again=True,
    ),
    "check_roster": Form("reports/coverage/load/{}/", {}, "ines", "post_roster"),
    "duty_post": Form(
        "reports/coverage/posts/{}/", {"person": MEMBER}, "ines", "duty_post"
    ),
    "end_post_holder": Form(
        f"reports/coverage/posts/{DUTY_POST}/holders/{{}}/end/",
        {},
        "ines",
        "post_holder",
    ),
}
ASSIGNED = "00000000-0000-4000-8000-00000000a551"
DATES = {"opens_on": "2026-11-02", "due_on": "2026-11-30", "after": ""}


def assigned(path: str, good: dict[str, str], thing: str, **more) -> Form:
    """Return a form of Tomás about the course that Ana's cohort takes."""
    path = f"team/cohorts/{COHORT}/courses/{path}"
    return Form(path, good, "tomas", thing, **more)


ASSIGNING = {
    "assign_course": assigned(
        "new/",
        DATES | {"course": "00000000-0000-4000-8000-00000000c001"},
        "open_course",
        optional="opens_on due_on after",
    ),
    "change_assignment": assigned(
        "{}/change/", DATES, "assigned", optional="opens_on due_on after"
    ),
    "withdraw_assignment": assigned("{}/withdraw/", {}, "assigned"),
    "move_assignment": assigned(
        "{}/move/", {"direction": "down"}, "first_of_two", again=True
    ),
    "assignment_exception": assigned(
        f"{ASSIGNED}/people/{{}}/",
        WHY | {"due_on": "2026-12-24", "extra_attempts": "1", "extra_minutes": "20"},
        "assigned_to",
        text="reason",
        optional="due_on extra_attempts extra_minutes",
    ),
    "end_exception": assigned(f"{ASSIGNED}/people/{{}}/end/", {}, "excepted"),
    "superior:approve": Form(
        "superior/{}/", {"answer": "approve"}, "nobody", "superior_token"
    ),
    "superior:refuse": Form(
        "superior/{}/",
        WHY | {"answer": "refuse"},
        "nobody",
        "superior_token",
        text="reason",
    ),
}
TEAM = {
    "room": Form("team/room/", {"places": "40", "minutes": "20"}, "tomas", again=True),
    "close_room": Form("team/room/close/", {}, "tomas", "open_room"),
    "shield_member": Form(
        f"team/cohorts/{COHORT}/members/{{}}/shield/",
        WHY,
        "tomas",
        "member",
        text="reason",
    ),
    "new_cohort": Form(
        "team/cohorts/new/",
        SETTINGS | {"form": COHORT},
        "tomas",
        optional="notes asks_superior escalates_after",
        free="asks_superior notes",
        text="name",
    ),
    "cohort_settings": Form(
        "team/cohorts/{}/settings/",
        SETTINGS,
        "tomas",
        "cohort",
        optional="notes asks_superior escalates_after",
        free="asks_superior notes",
        text="name",
    ),
    "cohort_trainers": Form(
        "team/cohorts/{}/trainers/",
        {"address": "nadie@example.org"},
        "tomas",
        "cohort",
    ),
    "take_off_trainer": Form(
        f"team/cohorts/{COHORT}/trainers/{{}}/end/", {}, "tomas", "second_trainer"
    ),
    "cohort_member": Form(
        f"team/cohorts/{COHORT}/members/{{}}/",
        SUPERIOR,
        "tomas",
        "member",
        optional="superior_name superior_address",
        text="superior_name",
    ),
    "end_membership": Form(
        f"team/cohorts/{COHORT}/members/{{}}/end/",
        WHY,
        "tomas",
        "member",
        text="reason",
    ),
    "membership_rules": Form(
        "team/cohorts/{}/rules/",
        {"institution": INSTITUTION, "track": "judge"},
        "tomas",
        "cohort_and_institution",
        optional="institution track",
    ),
    "end_membership_rule": Form(
        f"team/cohorts/{COHORT}/rules/{{}}/end/", {}, "tomas", "membership_rule"
    ),
    "archive_cohort": Form("team/cohorts/{}/archive/", {}, "tomas", "cohort"),
    "leave_cohort": Form("cohorts/{}/leave/", {}, "signed_in", "cohort"),
    "my_superior": Form(
        "cohorts/{}/superior/",
        SUPERIOR,
        "signed_in",
        "cohort",
        optional="superior_name superior_address",
        text="superior_name",
    ),
    "invitations": Form(
        f"team/cohorts/{COHORT}/invitations/",
        {"addresses": "nadie@example.org, otra@example.org"},
        "tomas",
        "team",
    ),
    "ask_again": Form(
        f"team/cohorts/{COHORT}/invitations/{{}}/again/", {}, "tomas", "asked"
    ),
    "take_back_invitation": Form(
        f"team/cohorts/{COHORT}/invitations/{{}}/take-back/", {}, "tomas", "asked"
    ),
    "join_code": Form(
        f"team/cohorts/{COHORT}/code/",
        {"places": "40", "hours": "2"},
        "tomas",
        "team",
        again=True,
    ),
    "close_join_code": Form(
        f"team/cohorts/{COHORT}/code/close/", {}, "tomas", "open_code"
    ),
    "accept_invitation": Form("join/invitations/{}/accept/", thing="invitation"),
    "decline_invitation": Form("join/invitations/{}/decline/", thing="invitation"),
    "join_by_code": Form("join/code/", {"code": CODE}, "bruno", "open_code"),
    "import_people": Form(
        f"team/cohorts/{COHORT}/import/",
        {"rows": "correo\nnadie@example.org"},
        "tomas",
        "member",
        again=True,
    ),
    "import_check": Form(f"team/cohorts/{COHORT}/import/{{}}/", {}, "tomas", "roster"),
    "remind_members": Form(
        f"team/cohorts/{COHORT}/remind/", {"person": MEMBER}, "tomas", "to_be_reminded"
    ),
    "note_checked": Form("country/{}/checked/", {}, "olga", "note"),
}
SUPPORT = {
    "support": Form(
        "support/",
        WHY | {"address": "ana@example.org"},
        "admin",
        "ana",
        text="reason",
        again=True,
    ),
    "support_by_address": Form(
        "support/by-address/",
        {"address": "julia@example.org", "sure": "yes"},
        "admin",
        "named_superior",
        free="sure",
        optional="sure",
        again=True,
        asks=True,
    ),
    "support_alarm_read": Form("support/alarms/{}/read/", {}, "admin", "alarm"),
    "support_merge": act(
        "merge",
        WHY | {"address": "ana2@example.org", "keep": "this", "sure": "yes"},
        "visit_to_one_of_two",
        free="sure",
        optional="sure",
        asks=True,
    ),
    "support_act:mailbox": act(
        "mailbox", WHY | {"address": "nueva@example.org", "checked": "video"}
    ),
    "support_act:second-step": act(
        "second-step", WHY | {"checked": "letter"}, thing="visit_to_a_key"
    ),
    "support_act:sessions": act("sessions"),
    "support_act:name": act(
        "name",
        WHY | {"legal_name": "Ana Ruiz", "sort_name": "Ruiz, Ana"},
        optional="sort_name",
    ),
    "support_act:mandate": act(
        "mandate", WHY | {"mandate": HELD}, thing="visit_to_a_mandate"
    ),
    "support_act:close": act("close"),
    "support_act:reopen": act("reopen", thing="visit_to_a_closed_one"),
    "support_new_address": Form(
        "support/new-address/{}/", NEW, "nobody", "new_address_key"
    ),
}
LEARNER = "00000000-0000-4000-8000-00000000a0a0"
OF_COHORT = f"team/cohorts/{COHORT}/workshops/"
PLAN = {
    "title": "Entrevista a niñas y niños",
    "place": "Sala 2",
    "starts": "2026-11-10T09:00",
    "ends": "2026-11-10T13:00",
    "minutes": "180",
    "capacity": "20",
    "language": "es",
    "materials": "https://example.org/",
    "is_public": "on",
    "organiser": INSTITUTION,
}


def plan(path: str, thing: str) -> Form:
    return Form(
        path,
        PLAN,
        "tomas",
        thing,
        free="is_public materials",
        optional="is_public materials",
        text="title place materials",
    )


TRAINING = {
    "title_es": "Curso de entrevista",
    "title_en": "Training in interviews",
    "country": "GT",
    "from_on": "2026-12-01",
    "until_on": "2026-12-02",
    "place": "Antigua",
    "organiser": "Organismo Judicial",
    "language": "es",
    "open_to": "Judicaturas",
    "contact": "https://example.org/",
}


def training(path: str, who: str, thing: str = "") -> Form:
    text = "title_es title_en place organiser open_to"
    return Form(path, TRAINING, who, thing, optional="contact", text=text)


ITEMS = (
    "informs",
    "interpreter",
    "capacity",
    "early-signs",
    "age",
    "guardian",
    "elements",
    "case-by-case",
    "no-control",
    "determination",
    "reasons",
    "feedback",
)
OBSERVED = {
    "sheet": "00000000-0000-4000-8000-00000000e0e0",
    "observed_on": "2026-11-01",
    "comment-informs": "Con calma",
} | {f"mark-{item}": "observed" for item in ITEMS}
IN_PERSON = {
    "practice": Form(
        f"team/cohorts/{COHORT}/practice/{{}}/",
        OBSERVED,
        "tomas",
        "officer",
        optional="comment-informs",
        text="comment-informs",
        alike="mark-",
    ),
    "paper": Form(
        "team/papers/{}/",
        {f"level-{key}": "1" for key in KEYS} | {"comment": "Cite la norma."},
        "tomas",
        "waiting_page",
        free="comment",
        alike="level-",
    ),
    "training_new": training("calendar/trainings/new/", "sofia"),
    "training_edit": training("calendar/trainings/{}/", "tomas", "announced"),
    "training_withdraw": Form(
        "calendar/trainings/{}/withdraw/", {}, "tomas", "announced"
    ),
    "workshop_new": plan(f"{OF_COHORT}new/", "cohort_that_trains"),
    "workshop_edit": plan(f"{OF_COHORT}{{}}/edit/", "workshop_ahead"),
    "workshop_cancel": Form(f"{OF_COHORT}{{}}/cancel/", {}, "tomas", "workshop_ahead"),
    "workshop": Form(
        f"{OF_COHORT}{{}}/", {f"was-{LEARNER}": "present"}, "tomas", "workshop_now"
    ),
    "workshop_correction": Form(
        f"{OF_COHORT}{WORKSHOP}/attendance/{{}}/",
        {"mark": "absent"} | WHY,
        "tomas",
        "attended",
        text="reason",
    ),
    "scan": Form(f"team/scan/{WORKSHOP}/{{}}/", {}, "tomas", "at_the_workshop"),
}
REPORTS = {
    "take_report": Form(
        "reports/completion/take/",
        {"format": "pdf", "columns": "name"},
        "ines",
        again=True,
    ),
    "save_report": Form(
        "reports/completion/saved/new/",
        {"name": "Jueces", "columns": "name"},
        "ines",
        text="name",
    ),
    "schedule_report": Form(
        "reports/completion/saved/{}/schedule/",
        {
            "every": "week",
            "weekday": "4",
            "format": "csv",
            "recipients": RECIPIENT,
        },
        "ines",
        "saved_report",
        optional="weekday",
        again=True,
    ),
    "forget_report": Form(
        "reports/completion/saved/{}/delete/", {}, "ines", "saved_report"
    ),
    "run_schedule": Form(
        "reports/completion/schedules/{}/now/",
        {},
        "ines",
        "report_schedule",
        again=True,
    ),
    "stop_schedule": Form(
        "reports/completion/schedules/{}/stop/", {}, "ines", "report_schedule"
    ),
}
ABOUT_STAFF = (
    CERTIFICATES
    | REPORTS
    | MANDATES
    | TOKENS
    | BELONGING
    | TEAM
    | ASSIGNING
    | IN_PERSON
    | SUPPORT
)
