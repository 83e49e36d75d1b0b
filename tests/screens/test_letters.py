"""What letters and short messages say, with every fact that they may be given."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from tests.factories import NOON
from tests.lms.mail.test_templates import FACTS
from tests.screens.outline import masked

ROOT = Path(settings.BASE_DIR) / "templates"
LETTERS = sorted(
    str(path.relative_to(ROOT))
    for folder in ("mail", "account/email", "account/messages", "mfa")
    for path in (ROOT / folder).rglob("*.txt")
)
FULL = FACTS | {
    "timestamp": NOON,
    "due_on": date(2026, 11, 30),
    "hour": "12",
    "why": "Falta el oficio",
    "what": "Se revocó el 2 de noviembre de 2026.",
    "support": "ayuda@example.org",
    "unused_codes": ["1111-2222", "3333-4444"],
    "user": "ana@example.org",
}
# Where one of these is not known, a letter says something else.
OPEN = ("due_on", "reset_url", "support", "why")


def test_letters_say_what_their_records_say(drawn, records):
    for name in LETTERS:
        drawn.clear()
        lines = []
        with translation.override("es"):
            full = render_to_string(name, FULL)
            lines += full.splitlines()
            for fact in OPEN:
                less = render_to_string(name, FULL | {fact: None})
                if less != full:
                    lines += [f"WITHOUT {fact}", *less.splitlines()]
        records.compare(f"letters/{name.removesuffix('.txt')}", masked(lines), drawn)


def test_letter_in_english_says_what_its_record_says(drawn, records):
    with translation.override("en"):
        lines = render_to_string("mail/digest.txt", FULL).splitlines()

    records.compare("letters/english/digest", masked(lines), drawn)
