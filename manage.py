#!/usr/bin/env python
"""Runs a management command; the demo's settings unless others are named."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.demo")
    execute_from_command_line(sys.argv)
