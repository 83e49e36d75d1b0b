"""When may a letter go out, when is it tried again, and when is it given up?

The hours are ours, not a law's: courts and offices of the region open between seven and
eight, and a mail at night reaches a telephone beside a bed. Public holidays are not
known here; a reminder on one disturbs less than a list of them that is out of date.
"""

from datetime import UTC, datetime, time, timedelta, tzinfo

OPENS, CLOSES = time(7), time(20)
WORKING_DAYS = range(5)  # Monday to Friday, in all eleven countries
STEP = timedelta(minutes=15)

RESTS = (1, 5, 15, 60)  # minutes, after the first tries
LATER_REST = timedelta(hours=4)
TRIED_FOR = timedelta(hours=72)
# Nobody's next try is further away: a rest, and a weekend until the hours begin.
FURTHEST = timedelta(days=3)
AWAY_FOR = timedelta(minutes=1)  # as long as the first rest
KEPT_CODES = timedelta(hours=12)  # asked every hour: gone within a day
KEPT_SENT = timedelta(days=90)
KEPT_GIVEN_UP = timedelta(days=180)


def is_open(moment: datetime, *, zone: tzinfo) -> bool:
    """Whether a letter that can wait may go out at that moment where the zone is."""
    local = moment.astimezone(zone)
    return local.weekday() in WORKING_DAYS and OPENS <= local.time() < CLOSES


def not_before(moment: datetime, *, zone: tzinfo) -> datetime:
    """Return the first moment from then on at which a letter that can wait may go out.

    Clocks of the region change, and differ, by whole quarters of an hour: whatever the
    clock does that day, the hours begin at one.
    """
    if is_open(moment, zone=zone):
        return moment
    quarter = next_quarter(moment)
    while not is_open(quarter, zone=zone):
        quarter += STEP
    return quarter


def next_quarter(moment: datetime) -> datetime:
    """Return the first full quarter of an hour from then on, in UTC."""
    moment = moment.astimezone(UTC)
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour + -((hour - moment) // STEP) * STEP


def rest(tries: int) -> timedelta:
    """Return how long a letter rests after so many tries, one or more."""
    if tries > len(RESTS):
        return LATER_REST
    return timedelta(minutes=RESTS[tries - 1])


def next_try(
    *, tries: int, due_at: datetime, at: datetime, until_at: datetime | None = None
) -> datetime | None:
    """Return when a letter that just failed is tried again; None: it is given up.

    The last try is 72 hours after it was due, or the first one after that. What runs
    out earlier, at `until_at`, is taken up no later: it is over then.
    """
    last = min(filter(None, (due_at + TRIED_FOR, until_at)))
    return None if at >= last else min(at + rest(tries), last)


def has_run_out(until_at: datetime | None, *, at: datetime) -> bool:
    """Whether what a letter holds is of no use any more."""
    return until_at is not None and until_at <= at


def is_for_good(code: int, said: str) -> bool:
    """Whether a mail server's answer means that the address takes no mail.

    `code` as in RFC 5321 §4.2. Answers of the class 5.7 (RFC 3463: security, policy)
    are about us, not about the address: somebody may mend that in time.
    """
    return 500 <= code < 600 and not said.startswith("5.7.")
