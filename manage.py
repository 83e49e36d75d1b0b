#!/usr/bin/env python
"""Runs a management command; the demo's settings unless others are named."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from lms.causes import cause_of


def read_settings() -> None:
    """End with one line where settings refuse to start, or their folder is shut."""
    try:
        _ = settings.INSTALLED_APPS
    except (ImproperlyConfigured, OSError) as error:
        sys.exit(cause_of(error))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.demo")
    read_settings()
    execute_from_command_line(sys.argv)
