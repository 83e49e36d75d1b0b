"""Certificate work that a person does not wait for; every task may run twice."""

from django.tasks import task


@task()
def render_certificate(certificate_id: str) -> None:
    """Render and keep the file of a certificate that has none yet."""
