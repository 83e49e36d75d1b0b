"""The declarations of what was done to people and by whom (`lms.people.records`)."""

from django.utils.translation import gettext_noop as _

from lms.people.records import (
    NAMELESS,
    Rows,
    register,
    register_closing,
    register_erasing,
)
from lms.records.ours import DONE_TO_OTHERS

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
register_erasing("lms.records.erasing.erase_typed")
register_erasing("lms.records.erasing.erase_from_rosters")
register_erasing("lms.records.erasing.erase_reasons")
register_erasing("lms.records.erasing.erase_from_logs")
register_erasing("lms.records.erasing.erase_from_queue")
