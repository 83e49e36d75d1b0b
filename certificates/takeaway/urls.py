"""Addresses below the completion report: files of it, and what is kept of it."""

from django.urls import path

from certificates.takeaway.views import keeping, taking

urlpatterns = [
    path("take/", taking.take, name="take_report"),
    path("take/<slug:kind>/", taking.take_at_once, name="take_report_at_once"),
    path("downloads/", taking.downloads, name="report_downloads"),
    path("downloads/<uuid:file>/", taking.download, name="report_file"),
    path("saved/", keeping.saved, name="saved_reports"),
    path("saved/new/", keeping.save, name="save_report"),
    path("saved/<uuid:report>/delete/", keeping.forget, name="forget_report"),
    path("saved/<uuid:report>/schedule/", keeping.schedule, name="schedule_report"),
    path("schedules/<uuid:schedule>/now/", keeping.run_now, name="run_schedule"),
    path("schedules/<uuid:schedule>/stop/", keeping.stop, name="stop_schedule"),
]
