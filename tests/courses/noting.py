"""Country notes as tests need them: a country, a topic, a text."""

from datetime import date

from courses.models import CountryNote


def a_note(
    country: str, topic: str, *, es: str, checked_on=date(2026, 11, 1), **fields
) -> CountryNote:
    return CountryNote.objects.create(
        country=country,
        topic=topic,
        titles={"es": f"Nota de {country}", "en": f"Note of {country}"},
        texts={"es": f"<p>{es}</p>", "en": "<p>In English.</p>"},
        sources=[{"es": "El Nacional", "en": "El Nacional"}],
        checked_on=checked_on,
        owners={"es": "Punto focal", "en": "Focal point"},
        **fields,
    )
