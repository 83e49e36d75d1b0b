"""Every id that an address or a form carries, swapped for one of somebody else.

The answer is the one that an id gets which was never given to anybody, to the letter;
and nothing is stored.
"""

import re
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from certificates.canary_drill import enter, entered
from certificates.models import Certificate
from courses.models import Attempt
from lms.approvals.models import Approval
from lms.people.models import Affiliation, Institution, Mandate, SupportVisit
from tests.access.addresses import (
    a_link,
    a_note,
    a_rule,
    a_token,
    a_workshop,
    addresses,
    an_assignment,
    invitation_of,
)
from tests.access.dumping import changed, everything
from tests.certificates.coverage.building import a_roster, held_post
from tests.courses.cases.small import a_run
from tests.courses.reasoning.building import KEYS, TEXT, a_page_of
from tests.factories import PersonFactory, TrainingFactory
from tests.posts.reports import a_report_file, a_saved_report
from tests.posts.staff import a_list
from tests.posts.sweeping import undone

pytestmark = pytest.mark.django_db
NEVER_GIVEN = 987654321
EVERY_TIME = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|\b[0-9A-F]{8}\b|aria-\w+="[^"]*"'
)


@dataclass(frozen=True)
class Swap:
    """Somebody asks for what is another's: `{}` in the path or the body is the id."""

    who: str
    name: str
    path: str
    thing: str
    body: dict[str, str] = field(default_factory=dict)
    takes: str = "GET"


def get(who: str, name: str, path: str, thing: str) -> Swap:
    return Swap(who, name, path, thing)


def post(who: str, name: str, path: str, thing: str, /, **body: str) -> Swap:
    return Swap(who, name, path, thing, body, "POST")


STRANGERS = ["bruno", "tomas", "rosa", "hector", "ines", "sofia", "elena", "alma"]
AWARD, ENROLMENT, ATTEMPT = "certificates/{}/", "learn/enrolments/{}/", "attempts/{}/"
CASE = "cases/{}/"
ANSWER = "join/invitations/{}/"
DUTY = "reports/coverage/posts/{}/"
END_DUTY = "reports/coverage/posts/{}/holders/{}/end/"
POST_ROSTER = "reports/coverage/load/{}/"
INVITATIONS, CODE = "team/cohorts/{}/invitations/", "team/cohorts/{}/code/"
LISTS = "team/cohorts/{}/import/"
MEMBER = "team/cohorts/{}/members/{}/shield/"
OF_A_COHORT = {
    "cohort_settings": "team/cohorts/{}/settings/",
    "cohort_trainers": "team/cohorts/{}/trainers/",
    "membership_rules": "team/cohorts/{}/rules/",
    "archive_cohort": "team/cohorts/{}/archive/",
}
OF_A_MEMBER = {
    "cohort_member": "team/cohorts/{}/members/{}/",
    "end_membership": "team/cohorts/{}/members/{}/end/",
}
TAKE_OFF = "team/cohorts/{}/trainers/{}/end/"
END_RULE = "team/cohorts/{}/rules/{}/end/"
OWN_COHORT = {
    "leave_cohort": "cohorts/{}/leave/",
    "my_superior": "cohorts/{}/superior/",
}
ACTIVITY = "team/cohorts/{}/members/{}/activity/"
REMIND = "team/cohorts/{}/remind/"
COURSES = "team/cohorts/{}/courses/"
PROGRAMME = COURSES + "{}/"
EXCEPT = PROGRAMME + "people/{}/"
QUEUE, REFUSE = "reports/belonging/", "reports/belonging/refuse/"
CORRECT, WAS = "team/cohorts/{}/workshops/{}/attendance/{}/", {"mark": "present"}
DECIDE = "approvals/{}/decide/"
REASONS = ENROLMENT + "reasons/"
MARKED = {f"level-{key}": "1" for key in KEYS} | {"comment": "Cite la norma."}
SHIELD = {"reason": "Lo pidió"}
END = {"reason": "Cambio de puesto"}
CHANGE = {"why": "error", "reason": "Oficio 9-2026"}
EXCEPTED = {"reason": "Viaje", "extra_attempts": "1"}
SWAPS = [
    swap
    for who in STRANGERS
    for swap in (
        get(who, "certificate", AWARD, "award"),
        get(who, "reasons", REASONS, "enrolment"),
        post(who, "reasons", REASONS, "enrolment", text=TEXT, go="hand-in"),
        get(who, "reasons_again", REASONS + "again/", "enrolment"),
        post(who, "reasons_again", REASONS + "again/", "enrolment", reason="Cité."),
        get(who, "certificate_file", AWARD + "certificate.pdf", "award"),
        post(who, "share_certificate", AWARD + "share/", "award"),
        post(who, "withdraw_link", AWARD + "share/{}/withdraw/", "share link"),
        get(who, "enrolment", ENROLMENT, "enrolment"),
        get(who, "resume", ENROLMENT + "resume/", "enrolment"),
        get(who, "leave", ENROLMENT + "leave/", "enrolment"),
        post(who, "leave", ENROLMENT + "leave/", "enrolment"),
        get(who, "attempt", ATTEMPT, "attempt"),
        post(who, "attempt", ATTEMPT, "attempt", go="stay"),
        get(who, "attempt_answers", ATTEMPT + "answers/", "attempt"),
        post(who, "attempt_answers", ATTEMPT + "answers/", "attempt", go="stay"),
        get(who, "attempt_review", ATTEMPT + "review/", "attempt"),
        post(who, "attempt_operations", ATTEMPT + "operations/", "attempt"),
        post(who, "attempt_submit", ATTEMPT + "submit/", "attempt"),
        get(who, "case_run", CASE, "run"),
        get(who, "case_step", CASE + "1/", "run"),
        post(who, "case_step", CASE + "1/", "run", option="x"),
        get(who, "case_decide", CASE + "1/decide/", "run"),
        post(who, "case_decide", CASE + "1/decide/", "run", option="x"),
        get(who, "case_debrief", CASE + "debrief/", "run"),
        get(who, "case_stop", CASE + "stop/", "run"),
        post(who, "case_stop", CASE + "stop/", "run"),
        post(who, "end_device", "account/sessions/{}/end/", "device"),
        get(who, "mfa_edit_webauthn", "account/2fa/webauthn/keys/{}/edit/", "key"),
        post(
            who,
            "mfa_edit_webauthn",
            "account/2fa/webauthn/keys/{}/edit/",
            "key",
            name="Mía",
        ),
        post(who, "mfa_remove_webauthn", "account/2fa/webauthn/keys/{}/remove/", "key"),
        get(who, "accept_mandate", "mandates/{}/accept/", "offer"),
        post(who, "accept_mandate", "mandates/{}/accept/", "offer"),
        get(who, "accept_mandate_code", "mandates/{}/accept/code/", "offer"),
        post(
            who,
            "accept_mandate_code",
            "mandates/{}/accept/code/",
            "offer",
            code="00000000",
        ),
        post(who, "decline_mandate", "mandates/{}/decline/", "offer"),
        post(who, "accept_invitation", ANSWER + "accept/", "invitation"),
        post(who, "decline_invitation", ANSWER + "decline/", "invitation"),
        post(who, "account_email", "account/email/", "address", action_remove=""),
        post(who, "account_email", "account/email/", "address", action_primary=""),
        post(who, "account_email", "account/email/", "address", action_send=""),
    )
] + [
    get("rosa", "give_back_mandate", "mandates/{}/give-back/", "tomas's mandate"),
    post("rosa", "give_back_mandate", "mandates/{}/give-back/", "tomas's mandate"),
    get("lucia", "end_mandate", "mandates/{}/end/", "tomas's mandate"),
    post("lucia", "end_mandate", "mandates/{}/end/", "tomas's mandate", **END),
    get("hugo", "end_mandate", "mandates/{}/end/", "ines's mandate"),
    post("hugo", "end_mandate", "mandates/{}/end/", "ines's mandate", **END),
    post("ines", "end_mandate", "mandates/{}/end/", "sofia's mandate", **END),
    post("sofia", "end_mandate", "mandates/{}/end/", "sofia's mandate", **END),
    get("hugo", "change_certificate", AWARD + "change/", "award"),
    post("hugo", "change_certificate", AWARD + "change/", "award", **CHANGE),
    get("ana", "change_certificate", AWARD + "change/", "award"),
    get("lucia", "approval", "approvals/{}/", "approval"),
    post("lucia", "decide_approval", DECIDE, "approval", answer="approve"),
    post("ines", "decide_approval", DECIDE, "approval", answer="refuse"),
    get("rosa", "cohort", "team/cohorts/{}/", "cohort"),
    get("hector", "cohort", "team/cohorts/{}/", "cohort"),
    *[
        send(who, name, path, "cohort")
        for who in ("rosa", "hector", "ana")
        for send in (get, post)
        for name, path in OF_A_COHORT.items()
    ],
    get("tomas", "cohort_record", "team/cohorts/{}/record.csv", "cohort"),
    *[
        send(who, name, path, "cohort and ana")
        for who in ("rosa", "hector", "ana")
        for send in (get, post)
        for name, path in OF_A_MEMBER.items()
    ],
    post("tomas", "cohort_member", OF_A_MEMBER["cohort_member"], "cohort and marta"),
    post("tomas", "end_membership", OF_A_MEMBER["end_membership"], "cohort and silvia"),
    post("tomas", "take_off_trainer", TAKE_OFF, "cohort and rosa"),
    post("rosa", "take_off_trainer", TAKE_OFF, "cohort and tomas"),
    get("rosa", "end_membership_rule", END_RULE, "cohort and rule"),
    post("rosa", "end_membership_rule", END_RULE, "cohort and rule"),
    *[
        send(who, name, path, "cohort")
        for who in ("bruno", "tomas", "rosa")
        for send in (get, post)
        for name, path in OWN_COHORT.items()
    ],
    get("rosa", "import_people", LISTS, "cohort"),
    post("rosa", "import_people", LISTS, "cohort", rows="correo\nx@example.org"),
    get("rosa", "import_template", LISTS + "template/", "cohort"),
    *(
        swap
        for who, thing in (("rosa", "cohort and list"), ("tomas", "another list"))
        for swap in (
            get(who, "import_check", LISTS + "{}/", thing),
            post(who, "import_check", LISTS + "{}/", thing),
            get(who, "import_errors", LISTS + "{}/errors/", thing),
        )
    ),
    get("rosa", "cohort_file", "team/cohorts/{}/people.csv?columns=name", "cohort"),
    get("hector", "cohort_file", "team/cohorts/{}/people.csv?columns=name", "cohort"),
    get("rosa", "member_activity", ACTIVITY, "cohort and ana"),
    get("tomas", "member_activity", ACTIVITY, "cohort and marta"),
    get("tomas", "member_activity", ACTIVITY, "cohort and silvia"),
    get("rosa", "remind_members", REMIND + "?person={}", "cohort and ana"),
    post("rosa", "remind_members", REMIND, "cohort and ana", person="{1}"),
    post("tomas", "remind_members", REMIND, "cohort and marta", person="{1}"),
    post("tomas", "remind_members", REMIND, "cohort and silvia", person="{1}"),
    get("rosa", "shield_member", MEMBER, "cohort and ana"),
    post("rosa", "shield_member", MEMBER, "cohort and ana", **SHIELD),
    post("tomas", "shield_member", MEMBER, "cohort and marta", **SHIELD),
    post("tomas", "shield_member", MEMBER, "cohort and silvia", **SHIELD),
    *(
        swap
        for who in ("rosa", "hector")
        for swap in (
            get(who, "invitations", INVITATIONS, "cohort"),
            post(who, "invitations", INVITATIONS, "cohort", addresses="x@zq.example"),
            post(who, "ask_again", INVITATIONS + "{}/again/", "asked"),
            post(who, "take_back_invitation", INVITATIONS + "{}/take-back/", "asked"),
            get(who, "join_code", CODE, "cohort"),
            post(who, "join_code", CODE, "cohort", places="2", hours="2"),
            post(who, "close_join_code", CODE + "close/", "cohort"),
        )
    ),
    post("tomas", "ask_again", INVITATIONS + "{}/again/", "asked by rosa"),
    post(
        "tomas", "take_back_invitation", INVITATIONS + "{}/take-back/", "asked by rosa"
    ),
    get("rosa", "assignments", COURSES, "cohort"),
    get("hector", "assign_course", COURSES + "new/", "cohort"),
    post("rosa", "assign_course", COURSES + "new/", "cohort", due_after_days="3"),
    get("rosa", "assignment", PROGRAMME, "cohort and assignment"),
    get("rosa", "change_assignment", PROGRAMME + "change/", "cohort and assignment"),
    post("rosa", "change_assignment", PROGRAMME + "change/", "cohort and assignment"),
    post(
        "rosa", "withdraw_assignment", PROGRAMME + "withdraw/", "cohort and assignment"
    ),
    post(
        "rosa",
        "move_assignment",
        PROGRAMME + "move/",
        "cohort and assignment",
        direction="up",
    ),
    post("tomas", "withdraw_assignment", PROGRAMME + "withdraw/", "cohort and rosa's"),
    get("rosa", "assignment_exception", EXCEPT, "assignment and ana"),
    post("tomas", "assignment_exception", EXCEPT, "assignment and marta", **EXCEPTED),
    post("tomas", "assignment_exception", EXCEPT, "assignment and silvia", **EXCEPTED),
    post("tomas", "end_exception", EXCEPT + "end/", "assignment and silvia"),
    post("bruno", "start_assignment", "learn/assignments/{}/start/", "assignment"),
    post("tomas", "start_assignment", "learn/assignments/{}/start/", "assignment"),
    get("bruno", "name_superior", "learn/assignments/{}/superior/", "assignment"),
    *[
        swap(who, name, f"team/cohorts/{{}}/workshops/{end}", "cohort's workshop")
        for who in ("rosa", "hector")
        for name, end, swap in (
            ("workshop", "{}/", get),
            ("workshop", "{}/", post),
            ("workshop_edit", "{}/edit/", get),
            ("workshop_edit", "{}/edit/", post),
            ("workshop_cancel", "{}/cancel/", post),
            ("workshop_sheet", "{}/sheet/", get),
            ("workshop_code", "{}/code/", get),
        )
    ],
    *[
        swap("hector", name, f"calendar/trainings/{{}}/{end}", "training")
        for name, end, swap in (
            ("training_edit", "", get),
            ("training_edit", "", post),
            ("training_withdraw", "withdraw/", get),
            ("training_withdraw", "withdraw/", post),
        )
    ],
    *[
        swap
        for who in ("rosa", "hector")
        for swap in (
            get(who, "paper", "team/papers/{}/", "paper"),
            post(who, "paper", "team/papers/{}/", "paper", **MARKED),
        )
    ],
    get("rosa", "workshops", "team/cohorts/{}/workshops/", "cohort"),
    get("rosa", "workshop_new", "team/cohorts/{}/workshops/new/", "cohort"),
    post("rosa", "workshop_new", "team/cohorts/{}/workshops/new/", "cohort"),
    get("rosa", "workshop_correction", CORRECT, "cohort's workshop and ana"),
    post("rosa", "workshop_correction", CORRECT, "cohort's workshop and ana", **WAS),
    post("tomas", "workshop_correction", CORRECT, "cohort's workshop and marta", **WAS),
    get("rosa", "practices", "team/cohorts/{}/practice/", "cohort"),
    get("rosa", "practice", "team/cohorts/{}/practice/{}/", "cohort and ana"),
    post("rosa", "practice", "team/cohorts/{}/practice/{}/", "cohort and ana"),
    get("tomas", "practice", "team/cohorts/{}/practice/{}/", "cohort and silvia"),
    post("tomas", "practice", "team/cohorts/{}/practice/{}/", "cohort and marta"),
    get("rosa", "scan", "team/scan/{}/{}/", "workshop and ana"),
    post("rosa", "scan", "team/scan/{}/{}/", "workshop and ana"),
    get("tomas", "scan", "team/scan/{}/{}/", "workshop and silvia"),
    post("tomas", "scan", "team/scan/{}/{}/", "workshop and marta"),
    *[
        swap(who, name, f"my-learning/workshops/{{}}/{end}", "workshop")
        for who in STRANGERS
        for name, end, swap in (
            ("my_workshop", "", get),
            ("workshop_take", "take/", post),
            ("workshop_give_back", "give-back/", post),
            ("workshop_here", "here/", get),
            ("workshop_here", "here/", post),
        )
    ],
    *[
        swap(who, name, f"reports/completion/{path}/", thing)
        for who in ("lucia", "hugo")
        for swap, name, path, thing in (
            (get, "report_file", "downloads/{}", "report file"),
            (get, "schedule_report", "saved/{}/schedule", "saved report"),
            (post, "schedule_report", "saved/{}/schedule", "saved report"),
            (post, "forget_report", "saved/{}/delete", "saved report"),
            (post, "stop_schedule", "schedules/{}/stop", "schedule"),
            (post, "run_schedule", "schedules/{}/now", "schedule"),
        )
    ],
    get("ines", "reports_person", "reports/people/{}/", "marta"),
    get("ines", "reports_person", "reports/people/{}/", "carla"),
    get("ines", "reports_person", "reports/people/{}/", "silvia"),
    get("ines", "reports_person", "reports/people/{}/", "pedro"),
    *[
        get(who, "completion_of_person", "reports/completion/people/{}/", thing)
        for who, thing in (
            ("ines", "marta"),
            ("ines", "carla"),
            ("ines", "silvia"),
            ("ines", "pedro"),
            ("hugo", "ana"),
        )
    ],
    get("lucia", "token_made", "mandates/tokens/{}/made/", "ines's token"),
    get("lucia", "revoke_token", "mandates/tokens/{}/revoke/", "ines's token"),
    post("lucia", "revoke_token", "mandates/tokens/{}/revoke/", "ines's token"),
    get("hugo", "reports_person", "reports/people/{}/", "ana"),
    get("hugo", "shield_person", "reports/people/{}/shield/", "ana"),
    post("hugo", "shield_person", "reports/people/{}/shield/", "ana", **SHIELD),
    post("ines", "shield_person", "reports/people/{}/shield/", "silvia", **SHIELD),
    get("ines", "reports_people", "reports/people/?institution={}", "border"),
    get("hugo", "duty_post", DUTY, "duty post and ana"),
    post("hugo", "duty_post", DUTY, "duty post and ana", person="{1}"),
    post("ines", "duty_post", DUTY, "duty post and carla", person="{1}"),
    post("ines", "duty_post", DUTY, "duty post and silvia", person="{1}"),
    post("hugo", "end_post_holder", END_DUTY, "duty post and holder"),
    post("ines", "end_post_holder", END_DUTY, "duty post and shielded holder"),
    *[
        swap(who, name, f"{POST_ROSTER}{end}", "post roster")
        for who in ("lucia", "hugo")
        for name, end, swap in (
            ("check_roster", "", get),
            ("check_roster", "", post),
            ("roster_errors", "errors/", get),
        )
    ],
    post("ines", "belonging", QUEUE, "carla's claim", claim="{}"),
    post("ines", "belonging", QUEUE, "marta's post", claim="{}"),
    post(
        "ines",
        "refuse_claims",
        REFUSE,
        "carla's claim",
        claim="{}",
    ),
    post("hugo", "belonging", QUEUE, "pedro's claim", claim="{}"),
    post(
        "hugo",
        "refuse_claims",
        REFUSE,
        "pedro's claim",
        claim="{}",
    ),
    post("gloria", "belonging", QUEUE, "pedro's claim", claim="{}"),
    get("gloria", "lift_shield", "reports/shielded/{}/end/", "ana"),
    post("gloria", "lift_shield", "reports/shielded/{}/end/", "ana", sure="on"),
    post(
        "lucia",
        "typed_institution",
        "reports/typed/choose/?country=GT&is={typed}",
        "border",
        institution="{}",
    ),
    get("hugo", "typed_institution", "reports/typed/choose/?country=GT&is={}", "typed"),
    post(
        "lucia",
        "grant_mandate",
        "mandates/grant/institution/",
        "border",
        address="otra@example.org",
        institution="{}",
        from_on="2030-01-01",
        until_on="2030-12-31",
        reason="Oficio",
    ),
    post(
        "bruno",
        "people_post",
        "account/post/",
        "border",
        country="GT",
        institution="{}",
        track="judge",
    ),
    post("olga", "note_checked", "country/{}/checked/", "hn note"),
    get("another admin", "support_visit", "support/visits/{}/", "visit"),
    get("another admin", "support_merge", "support/visits/{}/merge/", "visit"),
    get("another admin", "support_act", "support/visits/{}/close/", "visit"),
    post(
        "another admin",
        "support_act",
        "support/visits/{}/close/",
        "visit",
        reason="Pedido",
        sure="on",
    ),
]
# What their addresses carry belongs to nobody, or to all who may open them.
NOBODYS = {
    "verify_code",
    "v/<str:typed>/",
    "V/<str:typed>",
    "api_certificate",  # a code that nobody guesses, and no name behind it
    "api_certificate_name",
    "country_figures",  # a country, a week, a quarter, a kind of file: nobody's
    "figures_file",
    "open_package",
    "open_table",
    "quarter_file",
    "take_report_at_once",
    "account_reset_password_from_key",  # the key is a secret, not an id
    "support_new_address",
    "join",  # so is a token
    "join_sign_up",
    "superior",  # so are the tokens of these two
    "calendar_feed",
    "support_alarm_read",  # alarms are for every administrator
    "country_notes",
    "holders_of_country",
    "enrol",
    "finish_lesson",
    "lesson_note",
    "start_attempt",
    "start_case",
    "lesson",
    "drawing_sheet",
    "wagtail_serve",
    "wagtailcore_authenticate_with_password",
}


@pytest.fixture
def foreign(people) -> dict[str, tuple]:
    """Return what is somebody's, by the name that swaps give it, with an unknown."""
    ana, of = people["ana"], Mandate.objects.get
    attempt = Attempt.objects.get(enrolment__learner=ana)
    cohort = ana.cohorts.get().uuid
    award = Certificate.objects.get(holder=ana)
    asked = invitation_of(ana)["invitation"]
    asked_by_rosa = invitation_of(people["marta"])["invitation"]
    list_of_tomas = a_list(ana.cohorts.get(), by=people["tomas"])
    list_of_rosa = a_list(people["marta"].cohorts.get(), by=people["rosa"])
    ours = an_assignment(ana, by=people["tomas"]).pk
    theirs = an_assignment(people["marta"], by=people["rosa"]).pk
    device = UserSession.objects.create(user=ana, session_key="a" * 32, ip="::")
    key = Authenticator.objects.create(
        user=ana, type="webauthn", data={"name": "Llave", "credential": {}}
    )
    _claim_at("border", people["carla"])
    keys = {
        "award": award.pk,
        "enrolment": attempt.enrolment_id,
        "attempt": attempt.pk,
        "run": a_run(attempt.enrolment, at=timezone.now()).pk,
        "paper": a_page_of(attempt.enrolment).pk,
        "offer": of(address=ana.email).uuid,
        "approval": Approval.objects.get().uuid,
        "cohort": cohort,
        "invitation": asked,
        "assignment": ours,
        "visit": SupportVisit.objects.get().uuid,
        "hn note": a_note("HN").pk,
        "ines's token": a_token(people["ines"]).uuid,
        "report file": a_report_file(people["ines"]).uuid,
        "saved report": (saved := a_saved_report(people["ines"])).uuid,
        "schedule": saved.schedules.get().uuid,
        **{f"{who}'s mandate": of(holder=people[who]).uuid for who in WHO_HOLDS},
        **{name: person.uuid for name, person in people.items()},
    }
    numbers = {
        "device": device.pk,
        "key": key.pk,
        "border": Institution.objects.get(code="hn-drill-border").pk,
        "carla's claim": people["carla"].affiliations.get(until_on=None).pk,
        "pedro's claim": people["pedro"].affiliations.get().pk,
        "marta's post": people["marta"].affiliations.get().pk,
    }
    return {
        **{name: ((value,), (uuid4(),)) for name, value in keys.items()},
        **{name: ((value,), (NEVER_GIVEN,)) for name, value in numbers.items()},
        "cohort and list": ((cohort, list_of_tomas.uuid), (uuid4(), uuid4())),
        "another list": ((cohort, list_of_rosa.uuid), (cohort, uuid4())),
        **in_a_post(people),
        **in_a_room(people),
        "share link": ((award.pk, a_link(award).uuid), (award.pk, uuid4())),
        "training": ((TrainingFactory(entered_by=people["rosa"]).uuid,), (uuid4(),)),
        "cohort and ana": ((cohort, ana.uuid), (uuid4(), uuid4())),
        **{
            f"cohort and {who}": ((cohort, people[who].uuid), (cohort, uuid4()))
            for who in ("marta", "silvia", "rosa", "tomas")
        },
        "cohort and rule": (
            (cohort, a_rule(ana.cohorts.get(), people["tomas"]).uuid),
            (uuid4(), uuid4()),
        ),
        "asked": ((cohort, asked), (cohort, uuid4())),
        "asked by rosa": ((cohort, asked_by_rosa), (cohort, uuid4())),
        "cohort and assignment": ((cohort, ours), (uuid4(), uuid4())),
        "cohort and rosa's": ((cohort, theirs), (cohort, uuid4())),
        "assignment and ana": (
            (cohort, ours, ana.uuid),
            (uuid4(), uuid4(), uuid4()),
        ),
        **{
            f"assignment and {who}": (
                (cohort, ours, people[who].uuid),
                (cohort, ours, uuid4()),
            )
            for who in ("marta", "silvia")
        },
        "address": ((ana.email,), ("nobody@zqhost.example",)),
        "typed": (("zqgtxbrunoxtyped",), ("zqgtxnobodyxtyped",)),
    }


def in_a_post(people) -> dict[str, tuple]:
    """Return a post of Inés with its holders, and her roster, with unknown ones."""
    ours = held_post(people["ana"], by=people["ines"])
    shielded = held_post(people["silvia"], by=people["ines"])
    post = ours.post.uuid
    return {
        "post roster": ((a_roster(by=people["ines"]).uuid,), (uuid4(),)),
        "duty post and ana": ((post, people["ana"].uuid), (uuid4(), uuid4())),
        "duty post and holder": ((post, ours.uuid), (uuid4(), uuid4())),
        "duty post and shielded holder": (
            (shielded.post.uuid, shielded.uuid),
            (shielded.post.uuid, uuid4()),
        ),
        **{
            f"duty post and {who}": ((post, people[who].uuid), (post, uuid4()))
            for who in ("carla", "silvia")
        },
    }


def in_a_room(people) -> dict[str, tuple]:
    """Return the workshop of Ana's cohort, alone and with people, with unknown ones."""
    cohort, workshop = people["ana"].cohorts.get().uuid, a_workshop(people).uuid
    found = {
        "workshop": ((workshop,), (uuid4(),)),
        "cohort's workshop": ((cohort, workshop), (uuid4(), uuid4())),
    }
    for who in ("ana", "marta", "silvia"):
        one = people[who].uuid
        found[f"workshop and {who}"] = ((workshop, one), (workshop, uuid4()))
        found[f"cohort's workshop and {who}"] = (
            (cohort, workshop, one),
            (cohort, workshop, uuid4()),
        )
    return found


WHO_HOLDS = ("tomas", "ines", "sofia")


def _claim_at(place: str, person) -> None:
    """Let a person say that they work there, unconfirmed."""
    Affiliation.objects.filter(person=person).update(
        institution=Institution.objects.get(code=f"hn-drill-{place}"),
        confirmed_at=None,
        confirmed_by=None,
    )


@pytest.fixture
def browser_of(people):
    """Return a function that gives everybody a browser of their own."""

    def browser(who: str) -> Client:
        if who != "another admin":
            return entered(who)
        client = Client(raise_request_exception=False)
        enter(client, PersonFactory(is_superuser=True, is_staff=True))
        return client

    return browser


def send(browser: Client, swap: Swap, ids: tuple, foreign) -> tuple[int, str]:
    """Send the swap with those ids; return status and page without them."""
    fills = {"typed": foreign["typed"][0][0]}
    path = f"/es/{swap.path.format(*ids, **fills)}"
    body = {name: value.format(*ids) for name, value in swap.body.items()}
    if swap.thing == "address":
        body["email"] = ids[0]
    cache.clear()
    answer = getattr(browser, swap.takes.lower())(path, body or None)
    page = f"{answer.content.decode()} {answer.headers.get('Location', '')}"
    for one in ids:
        page = page if isinstance(one, int) else page.replace(str(one), "*")
        page = re.sub(rf'(value="|/|[?&;]\w+=){one}(?=["/&])', r"\1*", page)
    return answer.status_code, EVERY_TIME.sub("", page)


@pytest.mark.parametrize("who", sorted({swap.who for swap in SWAPS}))
def test_foreign_id_is_answered_as_one_never_given(who, browser_of, foreign):
    browser, wrong = browser_of(who), []
    before = everything()

    for swap in [one for one in SWAPS if one.who == who]:
        known, unknown = foreign[swap.thing]
        with undone(browser):
            got = send(browser, swap, known, foreign)
            stored = changed(before, everything())
        with undone(browser):
            expected = send(browser, swap, unknown, foreign)
        if got != expected or stored or got[0] < 400:
            wrong.append((swap.name, swap.takes, swap.thing, got[0], stored))

    assert wrong == []


def test_every_address_that_carries_an_id_is_swapped():
    carrying = {
        one.name for one in addresses() if one.given and not one.is_of_the_editors
    }

    missing = carrying - {swap.name for swap in SWAPS} - NOBODYS
    assert missing == set()
