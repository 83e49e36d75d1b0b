"""The secretariat reads the region: figures in bands and why, never a person."""

from tests.journeys.test_people import enter, text_of


def test_the_secretariat_reads_figures_in_bands_and_why(walk):
    sofia = enter(walk(width=1280), "sofia")
    sofia.follow("The region")
    sofia.follow("Completion and certificates in figures")
    sofia.follow("Guatemala", within=sofia.page.get_by_role("main"))

    few = sofia.words("fewer than %(number)d", number=5)
    assert sofia.page.get_by_role("cell", name=few).count()
    why = sofia.words("What is counted, and why figures are told in bands")
    sofia.page.get_by_text(why).click()
    says = "A month is shown once it is over, and stays as it was told first."
    assert sofia.words(says) in text_of(sofia)
    assert sofia.violations == []


def test_anybody_takes_the_figures_of_the_region_with_them(walk):
    visitor = walk()
    visitor.follow("Open data")
    table = visitor.page.get_by_role("main").locator("a[href$='.csv']").first
    with visitor.page.expect_download() as download:
        table.click()

    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 10
    assert visitor.violations == []
