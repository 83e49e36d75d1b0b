"""Adds the correction of keys to the editors' area, and its words to Wagtail's log."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from courses.correcting import views


@hooks.register("register_admin_urls")
def correction_screens():
    one = "questions/corrections/<int:correction>"
    return [
        path(
            "questions/versions/<int:version>/key/", views.propose, name="propose_key"
        ),
        path(f"{one}/", views.correction, name="key_correction"),
        path(f"{one}/approve/", views.approve, name="approve_key"),
        path(f"{one}/ask/", views.ask_again, name="ask_to_lower"),
        path(f"{one}/withdraw/", views.withdraw, name="withdraw_key"),
    ]


@hooks.register("register_log_actions")
def words_of_the_log(actions):
    for name, label, done in (
        ("propose", _("Propose a key"), _("Another key proposed")),
        ("approve", _("Approve a key"), _("Another key approved")),
        ("withdraw", _("Withdraw a key"), _("Another key withdrawn")),
    ):
        actions.register_action(f"courses.key.{name}", label, done)
