"""The Monday of a ministry: how many of ours, who, and the file, by visible links."""

import time
from io import BytesIO

from openpyxl import load_workbook

from tests.journeys.test_people import enter, text_of

PATIENCE = 60  # seconds until a worker has made a small file


def test_an_officer_comes_to_a_scheduled_workbook(walk):
    ines = enter(walk(width=1280), "ines")
    shown = who_completed(ines)
    assert shown

    ines.follow("Schedule", within=ines.page.get_by_role("main"))
    ines.fill("Name", "Terminados del mes")
    ines.press("Save the report")
    ines.press("Schedule the report")
    ines.press("Make it now")
    workbook = fetched(ines)

    sheet = workbook.active
    rows = list(sheet.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row[0] == ines.words("name"))
    filed = sorted(row[0] for row in rows[head + 1 :])
    # Lines are drawn once a minute: the file was made before that, or after.
    assert filed in (shown, who_completed(ines))
    assert workbook.sheetnames == [sheet.title]
    letter = ines.read_mail("ines@demo.example")
    assert not any(name in letter for name in shown)
    assert ines.violations == []


def who_completed(walk):
    """Return the names that the report of one's institution shows."""
    walk.follow("My institution", within=walk.page.get_by_role("banner"))
    walk.follow("Completion report", within=walk.page.get_by_role("main"))
    walk.choose("State", "completed")
    walk.press("See the result")
    names = walk.page.locator("table.staff tbody th a[href*=people]")
    return sorted(names.all_inner_texts())


def fetched(walk):
    """Wait for the file on *Recent downloads*, which looks again by itself."""
    link = walk.page.get_by_role("link", name=walk.words("Download"))
    patience_ends = time.monotonic() + PATIENCE
    while not link.count():
        assert time.monotonic() < patience_ends, text_of(walk)
        walk.page.wait_for_timeout(1000)
    with walk.page.expect_download() as download:
        link.first.click()
    return load_workbook(BytesIO(download.value.path().read_bytes()))


def test_a_link_that_leads_to_nobody_says_what_to_leave_out(walk):
    ines = enter(walk(), "ines")
    ines.follow("My institution")
    ines.follow("Completion report", within=ines.page.get_by_role("main"))
    ines.choose("State", "withdrawn")
    ines.choose("Certificate", "valid")
    ines.press("See the result")
    assert ines.words("Nobody fits what you ask for.") in text_of(ines)

    ines.page.get_by_role("main").get_by_role("link", name="vigente").click()

    assert ines.words("Nobody fits what you ask for.") in text_of(ines)
    assert ines.violations == []
