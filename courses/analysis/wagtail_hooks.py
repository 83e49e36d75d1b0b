"""Adds what is known of the questions to the editors' area."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.analysis import views


@hooks.register("register_admin_urls")
def analysis_screens():
    test = "reports/questions/<uuid:activity>"
    return [
        path("reports/questions/", views.analyses, name="analyses"),
        path(f"{test}/", views.analysis, name="analysis"),
        path(f"{test}.csv", views.analysis_table, name="analysis_table"),
        path(
            f"{test}/<int:version>/", views.analysis_question, name="analysis_question"
        ),
    ]


@hooks.register("register_reports_menu_item")
def analysis_in_the_menu():
    address = reverse("analyses")
    return MenuItem(_("What the answers tell"), address, icon_name="list-ol", order=55)
