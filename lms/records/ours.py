"""The declarations of our own tables (`lms.people.records`)."""

from django.utils.translation import gettext_noop as _

from lms.people.records import (
    NAMELESS,
    Rows,
    register,
    register_closing,
    register_erasing,
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
    export={"cohort__name": _("cohort"), **DATES},
    merge="lms.records.merging.move_memberships",
    erase="keep",
    note=_("If both are in a cohort, one membership goes on."),
)
register(
    "lms.CohortTrainer",
    "trainer",
    _("Cohorts that you train"),
    export={"cohort__name": _("cohort"), **DATES},
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
register(
    "lms.RoomWindow",
    "trainer",
    _("Rooms that you opened"),
    export={
        "places": _("people in the room"),
        "opened_at": _("from"),
        "until_at": _("until"),
        "closed_at": _("closed"),
    },
    merge="move",
    erase="delete",
)
register(
    "lms.SupportVisit",
    "person",
    _("When people support opened your account"),
    export={
        "reason": _("reason"),
        "opened_at": _("from"),
        "until_at": _("until"),
    },
    merge="move",
    erase={"reason": NAMELESS},
)
register(
    "lms.SupportVisit",
    "helper",
    _("Accounts that you opened to help"),
    export=DONE_TO_OTHERS,
    merge="keep",
    erase="keep",
)
register(
    "lms.SupportRequest",
    "person",
    _("What people support asked a second person for, about your account"),
    export={
        "act": _("about"),
        "facts__address": _("new e-mail"),
        "facts__legal_name": _("new name"),
        "reason": _("reason"),
        "asked_at": _("asked"),
        "done_at": _("done"),
    },
    merge="keep",  # what waits is about the account that goes, and ends with it
    erase={"facts": {}, "reason": NAMELESS},
)
register(
    "lms.SupportRequest",
    "helper",
    _("What you asked a second person for, to help"),
    export=DONE_TO_OTHERS,
    merge="keep",
    erase="keep",
)
for column, words in {
    "kept": _("Accounts that were to become part of yours"),
    "gone": _("Accounts of which yours was to become part"),
}.items():
    register(
        "lms.Merger",
        column,
        words,
        export={
            "reason": _("reason"),
            "asked_at": _("asked"),
            "done_at": _("done"),
        },
        merge="keep",
        erase={"reason": NAMELESS},
    )
register(
    "lms.Merger",
    "asked_by",
    _("Mergers that you asked for"),
    export=DONE_TO_OTHERS,
    merge="keep",
    erase="keep",
)
register(
    "lms.Approval",
    "asked_by",
    _("What you asked a second person for"),
    export={
        "kind": _("kind"),
        "reason": _("reason"),
        "asked_at": _("asked"),
        "decided_at": _("decided"),
        "approved": _("approved"),
        "decision_reason": _("reason of the decision"),
    },
    merge="keep",
    erase={"reason": NAMELESS, "decision_reason": NAMELESS},
    in_words=frozenset({"kind"}),
)
register(
    "lms.Approval",
    "decided_by",
    _("What you decided as a second person"),
    export={
        "kind": _("kind"),
        "decided_at": _("decided"),
        "approved": _("approved"),
        "decision_reason": _("reason of the decision"),
    },
    merge="keep",
    erase="keep",
    in_words=frozenset({"kind"}),
)
register(
    "lms.EventSubject",
    "person",
    _("The log about you"),
    export=Rows("lms.records.reading.events_about"),
    merge="keep",
    erase="keep",
)
register(
    "lms.Event",
    "subjects",
    _("The log about you"),
    export=_("It is with the log about you."),
    merge="keep",
    erase="keep",
)
register(
    "lms.Event",
    "actor",
    _("What you did that the log notes"),
    export=Rows("lms.records.reading.events_done"),
    merge="keep",
    erase="keep",
)
register(
    "lms.Alarm",
    "actor",
    _("Hours in which you looked at unusually many people"),
    export={
        "hour_at": _("at"),
        "people": _("people"),
        "unknown": _("addresses that nobody has"),
        "usual": _("usual number"),
    },
    merge="keep",
    erase="keep",
)
register(
    "lms.Alarm",
    "read_by",
    _("Alarms that you put away"),
    export=DONE_TO_OTHERS,
    merge="keep",
    erase="keep",
)
register_closing("lms.records.closing.end_mandates")
register_erasing("lms.records.erasing.erase_offers")
register_erasing("lms.records.erasing.erase_reasons")
register_erasing("lms.records.erasing.erase_from_logs")
register_erasing("lms.records.erasing.erase_from_queue")
