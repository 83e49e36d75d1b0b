"""Counters of tries, one row per thing that is limited and window of time."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F


class TriesQuerySet(models.QuerySet):
    def take(self, key: str, *, limit: int, per: timedelta, at: datetime) -> bool:
        """Count one try and return whether it was within the limit.

        The conditional UPDATE decides, so that processes that race share one limit.
        """
        window = int(at.timestamp() // per.total_seconds())
        self._open(key, window, ends_at=at + per)
        return bool(
            self.filter(key=key, window=window, count__lt=limit).update(
                count=F("count") + 1
            )
        )

    def _open(self, key: str, window: int, *, ends_at: datetime) -> None:
        self.bulk_create(
            [Tries(key=key, window=window, ends_at=ends_at)], ignore_conflicts=True
        )


class Tries(models.Model):
    """How many tries `key` had in a window of time; rows past `ends_at` are pruned."""

    key = models.CharField(max_length=100)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    objects = TriesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "window"], name="one_count_per_key_and_window"
            )
        ]

    def __str__(self):
        return f"{self.count} in window {self.window}"
