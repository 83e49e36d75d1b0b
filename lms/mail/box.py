"""The demo's mail: written to a folder, readable at /demo/mail/."""

from django.core.mail.backends.filebased import EmailBackend


class MailboxBackend(EmailBackend):
    pass
