"""Waiting for what another process does."""

import time

import pytest


def wait_for(condition, seconds=60):
    """Return the first true answer; fail when there is none in time."""
    patience_ends = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > patience_ends:
            pytest.fail("it did not happen in time")
        time.sleep(0.05)
    return answer
