"""A machine without Pango is told which line installs it."""

from certificates import checks


def test_a_library_that_is_there_is_found():
    assert checks.is_there("pango-1.0")


def test_a_library_that_is_missing_is_an_error_with_the_line_to_type(monkeypatch):
    missing = {"no-such-library-1.0": "libno-such-library-1.0-0"}
    monkeypatch.setattr(checks, "NEEDED", missing)

    (error,) = checks.libraries_of_the_pdf_engine(None)

    assert error.id == "certificates.E001"
    assert error.hint == "sudo apt-get install libno-such-library-1.0-0"


def test_a_machine_that_has_them_all_hears_nothing():
    assert checks.libraries_of_the_pdf_engine(None) == []
