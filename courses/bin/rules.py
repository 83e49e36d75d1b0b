"""How long the bin keeps a page."""

from datetime import datetime, timedelta

KEPT_FOR = timedelta(days=30)


def gone_at(put_away_at: datetime) -> datetime:
    """Return when a page in the bin is deleted for good."""
    return put_away_at + KEPT_FOR
