"""Certificate work that a person does not wait for; every task may run twice."""

from datetime import timedelta

from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates.actions import delete_file, keep_file, mark_mailed
from certificates.models import Certificate
from certificates.sharing import forget_links
from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to, post
from lms.mail.troubles import CERTIFICATE_MISSING
from lms.queue.clock import by_a_true_clock
from lms.queue.periodic import every
from lms.queue.time_limits import takes_long
from lms.web.files import look_for_all

PATIENCE = timedelta(minutes=1)


@task()
def render_certificate(certificate_id: str) -> None:
    """Render and keep the file of a certificate that has none yet."""
    # Here, not above: the web processes import this module to enqueue, and neither
    # need WeasyPrint's memory nor should stop where its libraries are missing.
    from certificates.pdf import render

    certificate = Certificate.objects.filter(pk=certificate_id).not_rendered().first()
    if certificate is None:
        return
    pdf = render(certificate)
    with transaction.atomic():
        if keep_file(certificate, pdf=pdf, at=timezone.now()):
            tell_holder.enqueue(certificate_id)


@task()
def tell_holder(certificate_id: str) -> None:
    """Post to the holder that the certificate is ready, once."""
    certificate = Certificate.objects.select_related("holder").get(pk=certificate_id)
    at = timezone.now()
    with transaction.atomic():
        if mark_mailed(certificate, at=at):
            letter = letter_to(
                certificate.holder,
                event=f"certificate_ready:{certificate_id}",
                template="certificate_ready",
                facts={"certificate": certificate_id},
                at=at,
            )
            post([letter])


def certificate_ready(letter: Letter) -> Facts:
    """Return where the certificate lies."""
    page = reverse("certificate", args=[letter.facts["certificate"]])
    return {"url": from_here(page)}


@task()
def delete_erased_file(certificate_id: str) -> None:
    """Delete the file of a certificate whose holder was erased."""
    if Certificate.objects.filter(pk=certificate_id, pdf="").exists():
        delete_file(certificate_id)


@every(timedelta(days=1), name="forget links that showed a name")
@task()
@by_a_true_clock
def forget_share_links() -> int:
    """Delete links that ended long ago; return how many."""
    return forget_links(at=timezone.now())


@every(timedelta(days=1), name="look for the files of certificates")
@takes_long
@task()
def look_for_certificates() -> None:
    """Tell the administrators of a certificate whose file is missing."""
    names = Certificate.objects.exclude(pdf="").values_list("pdf", flat=True)
    storage = Certificate._meta.get_field("pdf").storage
    look_for_all(storage, names.iterator(), missing=CERTIFICATE_MISSING)


@every(timedelta(minutes=1), name="render missing certificates")
@task()
def render_missing() -> int:
    """Enqueue what has no file and no task that will make one; return how many.

    A dead letter counts as a task: it waits for a person, who tries it again there.
    """
    late = Certificate.objects.not_rendered().issued_before(timezone.now() - PATIENCE)
    missing = {str(pk) for pk in late.values_list("pk", flat=True)} - _expected()
    for certificate_id in missing:
        render_certificate.enqueue(certificate_id)
    return len(missing)


def _expected() -> set[str]:
    tasks = DBTaskResult.objects.filter(task_path=render_certificate.module_path)
    pending = tasks.exclude(pk__in=tasks.successful().values("pk"))
    return {given["args"][0] for given in pending.values_list("args_kwargs", flat=True)}
