"""Addresses of the screens of ministries: who belongs to us, and who says so."""

from django.urls import path

from lms.belonging import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("people/", views.people_list, name="reports_people"),
    path("people/<uuid:person>/", views.person_page, name="reports_person"),
    path("people/<uuid:person>/shield/", views.shield_person, name="shield_person"),
    path("belonging/", views.queue, name="belonging"),
    path("belonging/refuse/", views.refuse, name="refuse_claims"),
    path("typed/", views.typed_list, name="typed_institutions"),
    path("typed/choose/", views.typed_text, name="typed_institution"),
    path("shielded/", views.shielded_list, name="shielded_people"),
    path("shielded/<uuid:person>/end/", views.lift, name="lift_shield"),
]
