"""Lines of reports for tests of figures."""

from datetime import timedelta

from certificates.models import ReportLine


def line_of(enrolment, at, **facts):
    person = enrolment.learner
    usual = {
        "person": person,
        "name": "x",
        "course_id": enrolment.course_id,
        "edition": enrolment.edition,
        "enrolment": enrolment,
        "country": "GT",
        "track": "judge",
        "language": "es",
        "enrolled_at": at - timedelta(30),
        "changed_at": at,
    }
    return ReportLine.objects.create(**(usual | facts))
