"""Why is there no backup, or nothing restored? And the key that both need."""

from django.conf import settings

LENGTH = 32


class NotDone(Exception):
    """A backup or a restore did not happen; its sentence says why."""


def backup_key() -> str:
    """Return the key that seals archives, or refuse one that guards nothing."""
    key = settings.BACKUP_KEY
    if len(key) < LENGTH:
        raise NotDone(f"Set BACKUP_KEY ({LENGTH} characters or more).")
    if key in other_keys():
        raise NotDone(
            "BACKUP_KEY is another key of this installation as well: make one of its "
            "own, which is kept elsewhere."
        )
    return key


def other_keys() -> set[str]:
    return {
        settings.SECRET_KEY,
        *settings.SECRET_KEY_FALLBACKS,
        settings.NAME_HASH_KEY,
        settings.AUDIT_KEY,
        *settings.MFA_KEYS,
    }
