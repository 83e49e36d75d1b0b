"""The declarations of our own tables (`lms.people.records`)."""

from django.utils.translation import gettext_noop as _

from lms.people.records import (
    NAMELESS,
    register,
)

DONE_TO_OTHERS = _("It is somebody else’s record; that you did it is in the log.")
DATES = {"from_on": _("from"), "until_on": _("until")}

register(
    "lms.User",
    "pk",
    _("Who you are"),
    export={
        "legal_name": _("name as on the certificate"),
        "sort_name": _("name to sort by"),
        "email": _("e-mail"),
        "language": _("language"),
        "country": _("country"),
        "track": _("profession"),
        "shielded": _("shielded"),
        "joined_at": _("account opened"),
        "last_login": _("last sign-in"),
        "warned_at": _("told that the account is not used"),
    },
    merge="keep",
    erase="keep",  # `lms.people.actions.leaving` empties the row itself
)
register(
    "lms.User",
    "merged_into",
    _("Accounts that became part of yours"),
    export={
        "legal_name": _("name as on the certificate"),
        "joined_at": _("account opened"),
        "closed_at": _("account closed"),
    },
    merge="move",
    erase="keep",  # erased with the account that they became
)
register(
    "lms.Consent",
    "person",
    _("What you agreed to"),
    export={"version": _("version of the privacy notice"), "at": _("at")},
    merge="lms.records.merging.move_consents",
    erase="keep",
    note=_("A version that both agreed to stays with each."),
)
register(
    "lms.FormerAddress",
    "person",
    _("Addresses that you gave up"),
    export={"given_up_at": _("at")},
    merge="keep",  # erased with the account that became part
    erase="delete",
)
register(
    "lms.NameChange",
    "person",
    _("Changes of your name"),
    export={
        "before": _("name before"),
        "after": _("name after"),
        "reason": _("reason"),
        "at": _("at"),
    },
    merge="move",
    erase="delete",
)
register(
    "lms.NameChange",
    "by",
    _("Changes of a name that you made"),
    export=DONE_TO_OTHERS,
    merge="keep",
    erase="keep",
)
register(
    "lms.NameRequest",
    "person",
    _("Another name that you asked for"),
    export={
        "before": _("name before"),
        "after": _("name after"),
        "sort_name": _("name to sort by"),
        "reason": _("reason"),
        "asked_at": _("asked"),
        "over_at": _("answered"),
    },
    merge="lms.records.merging.move_name_requests",
    erase="delete",
    note=_("What waits for an answer is over: the account that stays keeps its name."),
)
register(
    "lms.Affiliation",
    "person",
    _("Where you work and worked"),
    export={
        "institution__name_{language}": _("institution"),
        "institution_typed": _("institution not in the list"),
        "track": _("profession"),
        "position": _("position"),
        **DATES,
        "confirmed_at": _("confirmed"),
        "refused_at": _("refused"),
    },
    merge="lms.records.merging.move_posts",
    erase={"position": "", "institution_typed": NAMELESS},
    note=_("If both hold a post now, the one of the account that goes ends."),
)
for column, words in {
    "confirmed_by": _("Posts that you confirmed"),
    "refused_by": _("Posts that you refused"),
}.items():
    register(
        "lms.Affiliation",
        column,
        words,
        export=DONE_TO_OTHERS,
        merge="keep",
        erase="keep",
    )
register(
    "lms.CohortMember",
    "person",
    _("Cohorts in which you learn"),
    export={
        "cohort__name": _("cohort"),
        **DATES,
        "joined_at": _("joined"),
        "ended_at": _("ended"),
        "ended_reason": _("reason it ended"),
        "superior_name": _("superior"),
        "superior_address": _("e-mail of the superior"),
    },
    merge="lms.records.merging.move_memberships",
    erase={"superior_name": "", "superior_address": "", "ended_reason": ""},
    note=_("If both are in a cohort, one membership goes on."),
)
register(
    "lms.CohortTrainer",
    "trainer",
    _("Cohorts that you train"),
    export={"cohort__name": _("cohort"), **DATES, "ended_at": _("ended")},
    merge="lms.records.merging.move_trainings",
    erase="keep",
    note=_("If both train a cohort, one goes on."),
)
for column in ("members", "trainers"):
    register(
        "lms.Cohort",
        column,
        _("Cohorts"),
        export=_("They are listed with your time in each cohort."),
        merge="keep",
        erase="keep",
    )
register(
    "lms.Invitation",
    "redeemed_by",
    _("Invitations that you accepted"),
    export={
        "cohort__name": _("cohort"),
        "address": _("e-mail"),
        "invited_at": _("at"),
        "redeemed_at": _("accepted"),
    },
    merge="move",
    erase="lms.records.erasing.erase_invitations",
)
for model, column, words in (
    ("lms.Invitation", "invited_by", _("Invitations that you sent")),
    ("lms.JoinCode", "opened_by", _("Codes to join a cohort that you opened")),
    ("lms.MembershipRule", "made_by", _("Membership rules that you made")),
    ("lms.RosterCheck", "by", _("Lists of people that you gave to be checked")),
):
    register(model, column, words, export=DONE_TO_OTHERS, merge="keep", erase="keep")
register(
    "lms.Letter",
    "person",
    _("Mails that we wrote to you"),
    export={
        "template": _("what about"),
        "asked_at": _("at"),
        "sent_at": _("sent"),
        "bounced_at": _("came back"),
    },
    merge="move",
    erase="delete",
)
register(
    "lms.Mandate",
    "holder",
    _("Mandates that you hold or held"),
    export={
        "role": _("role"),
        "country": _("country"),
        "institution__name_{language}": _("institution"),
        "address": _("e-mail"),
        **DATES,
        "reason": _("reason"),
        "granted_at": _("granted"),
        "accepted_at": _("accepted"),
        "ended_at": _("ended"),
        "ended_reason": _("reason it ended"),
    },
    merge="move",
    erase={"address": "", "reason": NAMELESS, "ended_reason": NAMELESS},
    in_words=frozenset({"ended_reason"}),
    note=_("They end: who needs one is granted it anew."),
)
for column, words in {
    "granted_by": _("Mandates that you granted"),
    "ended_by": _("Mandates that you ended"),
}.items():
    register(
        "lms.Mandate",
        column,
        words,
        export=DONE_TO_OTHERS,
        merge="keep",
        erase="keep",
    )
register(
    "lms.Shield",
    "person",
    _("When you were shielded"),
    export={
        "set_at": _("from"),
        "lifted_at": _("until"),
        "reason": _("reason"),
    },
    merge="lms.records.merging.move_shields",
    erase={"reason": ""},
    note=_("If either is shielded, the account that stays is."),
)
for column, words in {
    "set_by": _("People whom you shielded"),
    "lifted_by": _("Shields that you lifted"),
}.items():
    register(
        "lms.Shield",
        column,
        words,
        export=DONE_TO_OTHERS,
        merge="keep",
        erase="keep",
    )
