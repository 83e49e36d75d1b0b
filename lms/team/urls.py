"""Addresses of what trainers do about people, and the room they stand in."""

from django.urls import path

from lms.team.views import (
    archive,
    codes,
    cohorts,
    forming,
    importing,
    inviting,
    members,
    membership,
    rooms,
    trainers,
)

COHORT = "cohorts/<uuid:cohort>"
MEMBER = f"{COHORT}/members/<uuid:person>"

urlpatterns = [
    path("room/", rooms.room, name="room"),
    path("room/close/", rooms.close, name="close_room"),
    path("cohorts/new/", forming.new_cohort, name="new_cohort"),
    path("cohorts/<uuid:cohort>/import/", importing.people, name="import_people"),
    path(
        "cohorts/<uuid:cohort>/import/template/",
        importing.template,
        name="import_template",
    ),
    path(
        "cohorts/<uuid:cohort>/import/<uuid:check>/",
        importing.check,
        name="import_check",
    ),
    path(
        "cohorts/<uuid:cohort>/import/<uuid:check>/errors/",
        importing.errors,
        name="import_errors",
    ),
    path(
        "cohorts/<uuid:cohort>/members/<uuid:person>/shield/",
        cohorts.shield_member,
        name="shield_member",
    ),
    path(f"{COHORT}/settings/", forming.cohort_settings, name="cohort_settings"),
    path(f"{COHORT}/trainers/", trainers.cohort_trainers, name="cohort_trainers"),
    path(
        f"{COHORT}/trainers/<uuid:person>/end/",
        trainers.take_off_trainer,
        name="take_off_trainer",
    ),
    path(f"{MEMBER}/", members.cohort_member, name="cohort_member"),
    path(f"{MEMBER}/end/", members.end_of_membership, name="end_membership"),
    path(f"{COHORT}/rules/", membership.membership_rules, name="membership_rules"),
    path(
        f"{COHORT}/rules/<uuid:rule>/end/",
        membership.end_membership_rule,
        name="end_membership_rule",
    ),
    path(f"{COHORT}/archive/", archive.archive_cohort, name="archive_cohort"),
    path(f"{COHORT}/record.csv", archive.cohort_record, name="cohort_record"),
    path(
        f"{COHORT}/invitations/",
        inviting.invitations,
        name="invitations",
    ),
    path(
        f"{COHORT}/invitations/<uuid:invitation>/again/",
        inviting.ask_again,
        name="ask_again",
    ),
    path(
        f"{COHORT}/invitations/<uuid:invitation>/take-back/",
        inviting.take_back,
        name="take_back_invitation",
    ),
    path(f"{COHORT}/code/", codes.join_code, name="join_code"),
    path(f"{COHORT}/code/close/", codes.close_code, name="close_join_code"),
]
