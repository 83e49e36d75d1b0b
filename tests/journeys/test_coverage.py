"""From a roster to its coverage: given with a mistake, corrected, loaded, read."""

from tests.journeys.test_people import enter, text_of

HEADINGS = (
    "puesto;institución;tipo de lugar;curso requerido;meses de vigencia;base legal"
)
ROWS = (
    "Turno de fin de semana;Organismo Judicial;juzgado;C1;24;Decreto 9-2009",
    "Turno de noche;{place};juzgado;C1;;Decreto 9-2009",
)


def roster(place: str) -> str:
    return "\n".join([HEADINGS, *ROWS]).format(place=place)


def test_a_roster_comes_to_its_coverage(walk):
    ines = enter(walk(width=1280), "ines")
    ines.follow("My institution")
    ines.follow("Duty coverage")
    ines.follow("Load a roster")
    ines.fill("Or paste rows", roster("Organismo Lunar"))
    ines.press("Check the roster")
    said = ines.words(
        "“%(typed)s” is not in the list of institutions.", typed="Organismo Lunar"
    )
    assert said in text_of(ines)

    ines.follow("Choose another roster")
    ines.fill("Or paste rows", roster("gt-organismo-judicial"))
    ines.press("Check the roster")
    assert "Lunar" not in text_of(ines)
    ines.press("Load the roster")

    headline = ines.words(
        "Posts with at least one currently certified person: %(certified)s of "
        "%(posts)s (%(percent)s\u00a0%%)",
        certified=0,
        posts=2,
        percent=0,
    )
    assert headline in text_of(ines)
    ines.follow("Turno de noche")
    assert ines.words("Nobody is named for this post yet.") in text_of(ines)
    ines.fill("Words of the name", "a")
    ines.press("Find people")
    choice = ines.page.get_by_role("main").get_by_role("radio").first
    name = choice.locator("..").inner_text().split(" – ")[0].strip()
    ines.tick(choice)
    ines.press("Name for this post")
    rows = ines.page.get_by_role("main").locator("tbody tr")
    assert [name] == [row.locator("th").inner_text() for row in rows.all()]
    assert ines.violations == []
