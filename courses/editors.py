"""What editors may do besides writing pages, which Wagtail's own group allows them."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Task, Workflow

EDITORS = "Moderators"  # Wagtail's own group of those who may publish
# Wagtail calls its review after that group, in English, wherever it is spoken of:
# "Enviar a Moderators approval".
SHIPPED_AS, REVIEW = "Moderators approval", "Revisión editorial"
MAY = {
    "courses": [
        "view_course",
        "view_activity",
        "view_edition",
        "view_question",
        "change_question",
        "view_reasoningtask",
        "add_reasoningtask",
        "change_reasoningtask",
        "view_countrynote",
        "add_countrynote",
        "change_countrynote",
        "view_glossaryterm",
        "add_glossaryterm",
        "change_glossaryterm",
        "view_wording",
        "add_wording",
        "change_wording",
        "delete_wording",
    ],
    "wagtail_localize": ["submit_translation"],
}


def ensure_editors() -> Group:
    """Let the editors' group translate pages, write questions and notes, keep words.

    What Wagtail named in English gets a Spanish name; one of the editors' own stays.
    """
    group = Group.objects.get(name=EDITORS)
    wanted = Q()
    for app, codenames in MAY.items():
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    missing = Permission.objects.filter(wanted).exclude(group=group)
    group.permissions.add(*missing)
    for model in (Workflow, Task):
        for shipped in model.objects.filter(name=SHIPPED_AS):
            model.objects.filter(pk=shipped.pk).update(name=REVIEW)
    return group
