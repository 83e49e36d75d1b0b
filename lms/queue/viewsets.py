"""What administrators see of tasks that failed for good, and how they revive them."""

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet

from lms.mail.held import mail_held
from lms.queue.actions import try_again, try_all_again
from lms.queue.models import dead_letters

PERMISSION = "django_tasks_database.change_dbtaskresult"


def permission_to_revive():
    """Return the permission that a group may be given in the editors' area."""
    app_label, codename = PERMISSION.split(".")
    return Permission.objects.filter(
        content_type__app_label=app_label, codename=codename
    )


class TryAgainColumn(BaseColumn):
    cell_template_name = "lms/queue/try_again_cell.html"

    def render_cell_html(self, instance, parent_context):
        context = self.get_cell_context_data(instance, parent_context)
        context["url"] = reverse("failed_tasks:try_again", args=[instance.pk])
        return self.cell_template.render(context, context["request"])


class DeadLetterList(BaseListingView):
    """Path, times and kind of error; never arguments or messages, which name people."""

    template_name = "lms/queue/failed_tasks.html"
    page_title = gettext_lazy("Failed tasks")
    header_icon = "warning"
    index_url_name = "failed_tasks:index"
    verbose_name_plural = gettext_lazy("failed tasks")
    default_ordering = "-finished_at"
    paginate_by = 50
    columns = (
        Column("task_path", label=gettext_lazy("Task")),
        DateColumn("enqueued_at", label=gettext_lazy("Asked for")),
        DateColumn(
            "finished_at", label=gettext_lazy("Last failed"), sort_key="finished_at"
        ),
        Column(
            "tries", label=gettext_lazy("Tries"), accessor=lambda t: len(t.worker_ids)
        ),
        Column("exception_class_path", label=gettext_lazy("Kind of error")),
        TryAgainColumn("try_again", label=""),
    )

    def get_page_subtitle(self):
        return mail_held(timezone.now()) or ""

    def get_base_queryset(self):
        return dead_letters().defer("args_kwargs", "traceback", "return_value")


@require_POST
def try_again_view(request, pk):
    if try_again(pk, by=request.user, at=timezone.now()):
        messages.success(request, _("The task is queued again."))
    else:
        messages.warning(request, _("This task is no longer in the list."))
    return redirect("failed_tasks:index")


@require_POST
def try_all_again_view(request):
    number = try_all_again(by=request.user, at=timezone.now())
    if number:
        words = ngettext(
            "%(number)d task is queued again.",
            "%(number)d tasks are queued again.",
            number,
        )
        messages.success(request, words % {"number": number})
    else:
        messages.warning(request, _("There is no task in the list any more."))
    return redirect("failed_tasks:index")


class DeadLetterMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


class DeadLetterViewSet(ViewSet):
    name = "failed_tasks"
    url_prefix = "failed-tasks"
    icon = "warning"
    menu_label = gettext_lazy("Failed tasks")
    menu_item_class = DeadLetterMenuItem
    add_to_settings_menu = True

    def get_urlpatterns(self):
        allowed = permission_required(PERMISSION)
        return [
            path("", allowed(self.index_view), name="index"),
            path("try-again/", allowed(try_all_again_view), name="try_all_again"),
            path("<uuid:pk>/try-again/", allowed(try_again_view), name="try_again"),
        ]

    @cached_property
    def index_view(self):
        return self.construct_view(DeadLetterList)
