"""Addresses of a walk through a case; they hold whatever happens to its page."""

from django.urls import path

from courses.cases import views

urlpatterns = [
    path("learn/activities/<uuid:activity>/case/", views.start, name="start_case"),
    path("cases/<uuid:run>/", views.run, name="case_run"),
    path("cases/<uuid:run>/debrief/", views.debrief, name="case_debrief"),
    path("cases/<uuid:run>/stop/", views.stop, name="case_stop"),
    path("cases/<uuid:run>/<slug:step>/", views.step, name="case_step"),
    path("cases/<uuid:run>/<slug:step>/decide/", views.decide, name="case_decide"),
]
