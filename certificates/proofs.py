"""Are the files of a restored copy those that were issued?"""

from hashlib import file_digest

from certificates.models import Certificate
from lms.backup.proofs import Proof

SAMPLE = 100


def files_as_issued() -> Proof:
    """Compare some files, drawn at random, with the SHA-256 of their rows."""
    rows = Certificate.objects.rendered().exclude(pdf="").order_by("?")[:SAMPLE]
    wrong = [
        f"The file of certificate {row.pk} is not as issued."
        for row in rows
        if not is_as_issued(row)
    ]
    return Proof("certificates, by their SHA-256", len(rows), wrong)


def is_as_issued(row: Certificate) -> bool:
    try:
        with row.pdf.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == row.sha256
    except FileNotFoundError:
        return False
