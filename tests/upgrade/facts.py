"""What the dump holds that its tests ask for; `fill.py` writes it."""

from datetime import UTC, datetime

AT = datetime(2026, 11, 26, 18, tzinfo=UTC)  # when all of it was written
PASSWORD = "a-word-of-the-old-release"  # the cast's
SECRET = "JBSWY3DPEHPK3PXP"  # of Hugo's second step
PDF = b"%PDF-1.7 as it was issued\n"  # the file of one certificate
