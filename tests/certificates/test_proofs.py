"""A restored copy's certificates are held to what their rows say of them."""

from django.core.files.base import ContentFile

from certificates.proofs import files_as_issued


def test_files_that_are_as_issued_are_none_of_the_flaws(kept):
    proof = files_as_issued()

    assert (proof.looked_at, proof.flaws) == (1, [])


def test_file_that_is_another_or_missing_is_told(kept):
    told = f"The file of certificate {kept.pk} is not as issued."
    name, storage = kept.pdf.name, kept.pdf.storage

    storage.delete(name)
    missing = files_as_issued().flaws
    storage.save(name, ContentFile(b"%PDF-1.7 another"))

    assert (missing, files_as_issued().flaws) == ([told], [told])
