"""The declarations of the tables that Django, allauth and Wagtail bring along."""

from django.utils.translation import gettext_noop as _

from lms.people.records import NAMELESS, Rows, register

OF_THE_EDITORS = _("It belongs to the text; it says who edited it, nothing about you.")
SECRET = _("Whoever has it could act as you.")
PASSING = _("It lasts minutes and says nothing about you.")

register(
    "account.EmailAddress",
    "user",
    _("E-mail addresses"),
    export={
        "email": _("e-mail"),
        "verified": _("confirmed"),
        "primary": _("to sign in with"),
    },
    merge="lms.records.merging.move_addresses",
    erase="delete",
    note=_("They become further addresses; the primary one stays."),
)
register(
    "mfa.Authenticator",
    "user",
    _("What you sign in with"),
    export={
        "type": _("kind"),
        "created_at": _("since"),
        "last_used_at": _("last used"),
    },
    merge="delete",
    erase="delete",
    note=_("They are deleted: people sign in with the account that stays."),
)
register(
    "usersessions.UserSession",
    "user",
    _("Where you are signed in"),
    export=Rows("lms.records.reading.sessions"),
    merge="lms.records.merging.end_merged_sessions",
    erase="lms.records.erasing.erase_sessions",
    note=_("They end."),
)
register(
    "lms.User_groups",
    "user",
    _("Groups of editors"),
    export={"group__name": _("group")},
    merge="lms.records.merging.move_groups",
    erase="delete",
)
register(
    "lms.User_user_permissions",
    "user",
    _("Permissions"),
    export={"permission__codename": _("permission")},
    merge="lms.records.merging.move_permissions",
    erase="delete",
)
register(
    "wagtailusers.UserProfile",
    "user",
    _("How you set the editor"),
    export={
        "preferred_language": _("language"),
        "current_time_zone": _("time zone"),
        "theme": _("colours"),
    },
    merge="keep",
    erase="lms.records.erasing.erase_profile",
)
register(
    "wagtailadmin.EditingSession",
    "user",
    _("Pages open in the editor"),
    export=PASSING,
    merge="delete",
    erase="delete",
)
register(
    "wagtailadmin.FormState",
    "user",
    _("Drafts of forms in the editor"),
    export={"data": _("text")},
    merge="delete",
    erase="delete",
    note=_("They are deleted."),
)
register(
    "wagtailcore.APIToken",
    "user",
    _("Keys of the editor’s interface"),
    export=SECRET,
    merge="delete",
    erase="delete",
    note=_("They are deleted."),
)
for model, column, words in (
    ("wagtailcore.Page", "owner", _("Pages that you made")),
    ("wagtailcore.Page", "locked_by", _("Pages that you locked")),
):
    register(
        model, column, words, export={"title": _("title")}, merge="move", erase="keep"
    )
for model, words, path in (
    (
        "wagtaildocs.Document",
        _("Documents that you uploaded"),
        "lms.records.uploads.erase_documents",
    ),
    (
        "wagtailimages.Image",
        _("Pictures that you uploaded"),
        "lms.records.uploads.erase_pictures",
    ),
):
    register(
        model,
        "uploaded_by_user",
        words,
        export={"title": _("title")},
        merge="move",
        erase=path,
    )
for model, column, words in (
    ("wagtailcore.Revision", "user", _("Versions of pages")),
    ("wagtailcore.UploadedFile", "uploaded_by_user", _("Files on their way in")),
    ("wagtailcore.WorkflowState", "requested_by", _("Texts handed in for review")),
    ("wagtailcore.TaskState", "finished_by", _("Reviews of texts")),
    ("wagtailcore.Comment", "resolved_by", _("Comments that you settled")),
    ("wagtail_localize.StringTranslation", "last_translated_by", _("Translations")),
    ("wagtail_localize.SegmentOverride", "last_translated_by", _("Translations")),
):
    register(model, column, words, export=OF_THE_EDITORS, merge="move", erase="keep")
for model, words in (
    ("wagtailcore.PageLogEntry", _("Changes to pages")),
    ("wagtailcore.ModelLogEntry", _("Changes by editors")),
):
    register(
        model,
        "user",
        words,
        export={"label": _("title"), "action": _("kind"), "timestamp": _("at")},
        merge="keep",
        erase="keep",
    )
for model, words in (
    ("wagtailcore.Comment", _("Comments on pages")),
    ("wagtailcore.CommentReply", _("Answers to comments on pages")),
):
    register(
        model,
        "user",
        words,
        export={"text": _("text"), "created_at": _("at")},
        merge="move",
        erase={"text": NAMELESS},
    )
register(
    "wagtailcore.PageSubscription",
    "user",
    _("Pages about whose comments you are told"),
    export={"page__title": _("title")},
    merge="lms.records.merging.move_subscriptions",
    erase="delete",
)
