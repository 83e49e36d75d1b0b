"""Who may open which address, and what it answers: every address has one class.

Ours are named one by one. Wagtail's and allauth's are known by where they are mounted.
"""

from dataclasses import dataclass, replace

from tests.access.addresses import Address

ACTORS = (
    "nobody",
    "ana",  # the learner to whom whatever an address names belongs
    "bruno",  # another learner
    "tomas",  # the trainer of Ana's cohort
    "rosa",  # the trainer of another cohort
    "hector",  # the trainer of another country
    "ines",  # ministry, of Ana's institution
    "sofia",  # secretariat
    "elena",  # editor
    "alma",  # administrator
    "lucia",  # besides the ten: ministry, of the whole country
    "gloria",  # besides the ten: officer for shielded people
    "olga",  # besides the ten: owner of the country's notes
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READING = ("GET", "HEAD")
ALL, SIGNED_IN = frozenset(ACTORS), frozenset(ACTORS[1:])

# What an answer comes down to: its status, or where it leads.
SIGN_IN, SECOND_STEP, ELSEWHERE = "sign-in", "second-step", "302"
SHOWN, NOT_ALLOWED, NOT_THERE = "200", "405", "404"


@dataclass(frozen=True)
class Kind:
    """What an address answers to whoever may open it, and to whoever may not."""

    may: frozenset[str]
    reads: tuple[str, ...] = (SHOWN, ELSEWHERE)
    posts: tuple[str, ...] = (NOT_ALLOWED,)
    other: tuple[str, ...] = (NOT_ALLOWED,)
    refuses: tuple[str, ...] = (NOT_THERE,)
    sends: tuple[str, ...] = (SIGN_IN,)  # whoever has not signed in

    def expected(self, who: str, method: str) -> tuple[str, ...]:
        takes = self.reads if method in READING else self.other
        if method == "POST":
            takes = self.posts
        if who in self.may:
            return takes
        refusal = self.sends if who == "nobody" else self.refuses
        # Whoever may not open it learns at most that nobody may, in that way.
        return (*refusal, NOT_ALLOWED) if NOT_ALLOWED in takes else refusal


DONE = (ELSEWHERE, "422", "409")  # what a form answers to an empty one


def only(*who: str) -> Kind:
    return Kind(frozenset(who))


def form(kind: Kind) -> Kind:
    """The same, and it takes a form."""
    return replace(kind, posts=DONE)


def button(kind: Kind) -> Kind:
    """The same, and it only takes a form."""
    return replace(kind, reads=(NOT_ALLOWED,), posts=DONE)


PUBLIC = Kind(ALL)
MACHINE = Kind(ALL, posts=(NOT_ALLOWED,))
STAYS = Kind(ALL, ("204", "410"))
PROGRAMS = Kind(ALL, ("401", NOT_ALLOWED))  # a session opens nothing there
ASKED = Kind(ALL, (SHOWN, NOT_ALLOWED))
ALIVE = Kind(ALL, *[(SHOWN, "503")] * 3)  # says 503 where no worker is
LEADS_ON = Kind(ALL, *[(ELSEWHERE,)] * 3)
CHECK = replace(PUBLIC, posts=(SHOWN, "422"))
DOOR = Kind(SIGNED_IN, *[("403",)] * 3)
SHUT = Kind(ALL, *[(NOT_THERE, ELSEWHERE)] * 3)
OWN = Kind(SIGNED_IN)
ANAS = only("ana")
LEARNING = Kind(SIGNED_IN, (ELSEWHERE,), (ELSEWHERE, "409"), (ELSEWHERE, NOT_ALLOWED))
TRAINERS = only("tomas", "rosa", "hector")
TRAINER_OF_ANA = only("tomas")
ANNOUNCERS = only("tomas", "rosa", "hector", "sofia")
ANNOUNCERS_OF_GT = only("tomas", "rosa", "sofia")
MINISTRY = only("ines", "lucia")
INESS = only("ines")  # whatever is hers alone
COUNTRY = only("lucia")
PROTECTION = only("gloria")
CLAIMS = only("ines", "lucia", "gloria")
COUNTRY_OWNER = only("olga")
SECRETARIAT = only("sofia")
GRANTERS = only("sofia", "lucia", "alma")
APPROVERS = only("sofia", "alma")
CERTIFICATES = only("sofia", "ines", "lucia")
SECOND_PEOPLE = only("sofia", "alma", "ines", "lucia", "gloria")
ADMIN = only("alma")
# allauth's class-based views answer OPTIONS, and take PUT for POST.
SCREEN = (SHOWN, ELSEWHERE, "422", NOT_ALLOWED)
WAY_IN = Kind(ALL, (SHOWN, ELSEWHERE, SIGN_IN), *[(*SCREEN, SIGN_IN)] * 2)
ALLAUTHS = Kind(SIGNED_IN, (SHOWN, ELSEWHERE), SCREEN, SCREEN)
ALLAUTHS_CODES = Kind(
    SIGNED_IN,
    *[(SHOWN, ELSEWHERE, NOT_THERE, NOT_ALLOWED)] * 3,
    sends=(SIGN_IN, NOT_THERE),
)
KEY = Kind(ANAS.may, *[SCREEN] * 3, refuses=(NOT_THERE, ELSEWHERE, NOT_ALLOWED, SHOWN))

CLASSES = [
    (LEADS_ON, "front_door people_account"),
    (
        MACHINE,
        "calendar_file robots security_txt security_policy sitemap api_description "
        "api_docs",
    ),
    (PROGRAMS, "api_me api_report_lines api_report_totals"),
    (ASKED, "api_certificate"),
    (replace(ASKED, reads=(NOT_ALLOWED,), posts=("400",)), "api_certificate_name"),
    (MACHINE, "open_table open_package"),
    (ALIVE, "healthz readyz"),
    (STAYS, "stay"),
    (
        PUBLIC,
        "account_closed account_erased help accessibility privacy pause search "
        "regional_calendar calendar_table country_list glossary works_cited "
        "superior_answered verify V/ v V country_notes lesson drawing_sheet join "
        "open_data",
    ),
    (replace(PUBLIC, other=(SHOWN, NOT_ALLOWED)), "wagtail_serve"),
    (Kind(ALL, ("410",), ("410",)), "support_new_address superior"),
    (Kind(ALL, (NOT_THERE,)), "calendar_feed"),
    (CHECK, "verify_code v/<str:typed>/ V/<str:typed>"),
    (button(PUBLIC), "theme join_sign_up"),
    (DOOR, "admin_door es/_util/login/ wagtailcore_login"),
    (
        SHUT,
        "api-root admin/^password_reset/ admin/^embeds/ admin/^users/ "
        "admin/^bulk/lms/[Uu][Ss][Ee][Rr]/ "
        "wagtailcore_authenticate_with_password",
    ),
    (
        OWN,
        "second_factor export_my_data my_data usersessions_list my_learning "
        "my_mandates my_cohorts my_invitations my_calendar my_practice "
        "my_notes",
    ),
    (
        form(OWN),
        "shield people_post people_profile close_account erase_account agree "
        "join_by_code lesson_note",
    ),
    (button(OWN), "lift_own_shield end_other_devices renew_calendar take_back_name"),
    (LEARNING, "enrol finish_lesson start_attempt start_case"),
    (
        ANAS,
        "certificate certificate_file enrolment resume attempt_review "
        "case_run case_debrief",
    ),
    (
        form(ANAS),
        "reasons reasons_again "
        "leave attempt attempt_answers attempt_submit leave_cohort my_superior "
        "name_superior case_step case_decide case_stop accept_mandate "
        "accept_mandate_code",
    ),
    (
        # For a script, which follows no redirect to the sign-in.
        replace(button(ANAS), posts=("400",), sends=("401",)),
        "attempt_operations",
    ),
    (
        button(ANAS),
        "share_certificate withdraw_link end_device decline_mandate "
        "accept_invitation decline_invitation start_assignment",
    ),
    (
        form(TRAINER_OF_ANA),
        "give_back_mandate shield_member cohort_settings cohort_trainers "
        "take_off_trainer cohort_member end_membership membership_rules "
        "end_membership_rule archive_cohort invitations join_code",
    ),
    (
        form(TRAINER_OF_ANA),
        "assign_course change_assignment withdraw_assignment assignment_exception "
        "import_people import_check remind_members",
    ),
    (
        button(TRAINER_OF_ANA),
        "ask_again take_back_invitation close_join_code move_assignment end_exception",
    ),
    (TRAINERS, "team stuck_people papers"),
    (form(TRAINERS), "room new_cohort"),
    (button(TRAINERS), "close_room"),
    (replace(button(CLAIMS), posts=(NOT_THERE,)), "refuse_claims"),
    (
        TRAINER_OF_ANA,
        "cohort cohort_record assignments assignment import_template import_errors "
        "cohort_file member_activity practices workshops workshop_sheet workshop_code",
    ),
    (
        form(TRAINER_OF_ANA),
        "paper practice workshop workshop_new workshop_edit workshop_cancel "
        "workshop_correction scan",
    ),
    (ANNOUNCERS, "trainings trainers_tree"),
    (form(ANNOUNCERS), "training_new"),
    (form(ANNOUNCERS_OF_GT), "training_edit training_withdraw"),
    (ANAS, "my_workshop"),
    (form(ANAS), "workshop_here"),
    (button(ANAS), "workshop_take workshop_give_back"),
    # No course that asks before and after, no table.
    (replace(MINISTRY, reads=(SHOWN, NOT_THERE)), "gain_table"),
    (replace(SECRETARIAT, reads=(SHOWN, NOT_THERE)), "region_gain_table"),
    (MINISTRY, "reports reports_people reports_person gain"),
    (MINISTRY, "completion_report completion_of_person"),
    (MINISTRY, "tokens"),
    (form(MINISTRY), "new_token shield_person"),
    (INESS, "token_made"),
    (form(INESS), "revoke_token"),
    (MINISTRY, "coverage coverage_file roster_template"),
    (form(MINISTRY), "load_roster duty_post"),
    (button(MINISTRY), "end_post_holder"),
    (INESS, "roster_errors"),
    (form(INESS), "check_roster"),
    (MINISTRY, "take_report_at_once report_downloads saved_reports"),
    (form(MINISTRY), "take_report save_report"),
    (INESS, "report_file"),
    (form(INESS), "schedule_report"),
    (button(INESS), "forget_report stop_schedule run_schedule"),
    (form(CLAIMS), "belonging"),
    (COUNTRY, "typed_institutions"),
    (form(COUNTRY), "typed_institution"),
    (PROTECTION, "shielded_people shielded_mandates"),
    (form(PROTECTION), "lift_shield"),
    (COUNTRY_OWNER, "country_owner"),
    (button(COUNTRY_OWNER), "note_checked"),
    (SECRETARIAT, "region region_gain trainers_table find_certificate"),
    (CERTIFICATES, "flagged_certificates"),
    (form(CERTIFICATES), "change_certificate"),
    (SECRETARIAT, "region_figures country_figures figures_file quarter_file"),
    (form(SECRETARIAT), "grant_mandate"),
    (GRANTERS, "mandates"),
    (form(GRANTERS), "end_mandate"),
    (SECOND_PEOPLE, "approvals"),
    (APPROVERS, "approval"),
    (button(APPROVERS), "decide_approval"),
    (ADMIN, "support_visit holders holders_of_country"),
    (form(ADMIN), "support support_by_address support_merge support_act"),
    (button(ADMIN), "support_alarm_read"),
    (
        WAY_IN,
        "account_login account_signup account_inactive account_logout "
        "account_reset_password account_reset_password_done "
        "account_reset_password_from_key account_reset_password_from_key_done "
        "account_confirm_login_code account_email_verification_sent mfa_authenticate",
    ),
    (
        ALLAUTHS,
        "account_reauthenticate account_email account_change_password "
        "account_set_password mfa_index mfa_reauthenticate mfa_activate_totp "
        "mfa_deactivate_totp mfa_generate_recovery_codes mfa_list_webauthn "
        "mfa_add_webauthn mfa_reauthenticate_webauthn",
    ),
    (ALLAUTHS_CODES, "mfa_view_recovery_codes mfa_download_recovery_codes"),
    (KEY, "mfa_remove_webauthn mfa_edit_webauthn"),
]
BY_NAME = {name: kind for kind, names in CLASSES for name in names.split()}
# Wagtail's area: whoever may not enter is sent to its door, which is ours.
DOOR_OF_EDITORS = ("302", NOT_THERE)
AREA = Kind(
    frozenset({"elena", "alma"}), refuses=DOOR_OF_EDITORS, sends=DOOR_OF_EDITORS
)

# Of the area: what its pages are drawn with, and the door, which is ours.
BY_ROUTE = {
    "admin/sprite/": Kind(ALL, *[(SHOWN,)] * 3),
    "admin/jsi18n/": Kind(ALL, *[(SHOWN, NOT_ALLOWED)] * 3),
    "admin/login/": DOOR,
}


def class_of(address: Address) -> Kind | None:
    """Return the class of an address, None when nobody has given it one."""
    ours = address.pattern.callback.__module__.startswith("lms.people.views")
    if address.route.startswith("admin/") and not ours:
        return BY_ROUTE.get(address.route, AREA)
    if address.route.startswith("documents/"):
        return SHUT
    return BY_NAME.get(address.name)
