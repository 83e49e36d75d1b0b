"""How a certificate is put on paper: one A4 page, archival, tagged, checkable.

Only the certificate's own row and the site's address are read, so that a file made
late says what one made at once would have said.
"""

from datetime import UTC
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates import rules, wording
from certificates.models import Certificate
from courses.models.editions import in_language

HERE = Path(__file__).parent
FONTS = {path.name: path for path in (HERE / "fonts").glob("*.woff2")}
SECOND_LANGUAGE = {"es": "en", "en": "es"}
LONG_TITLE = 170  # characters that still fit on two lines in the usual size

# WeasyPrint claims one standard a file. PDF/A allows a property it does not know only
# with its schema, and both only inside the one rdf:RDF.
PDF_UA_CLAIM = (HERE / "pdf_ua_claim.xml").read_bytes()


class OurFiles(URLFetcher):
    """Hands out our fonts and the QR code inside the page; refuses everything else."""

    def __init__(self):
        super().__init__(allow_redirects=False, fail_on_errors=True)

    def fetch(self, url, headers=None):
        if url.startswith("data:image/png;base64,"):
            return super().fetch(url, headers)
        font = FONTS.get(url.removeprefix("font:"))
        if font is None:
            raise ValueError("Only our own fonts and the QR code are on a certificate.")
        return URLFetcherResponse(url, font.read_bytes())


@cache
def fonts() -> FontConfiguration:
    """Return the one font configuration of this process."""
    return FontConfiguration()


@cache
def stylesheet() -> CSS:
    """Return the style sheet, parsed once in this process."""
    return CSS(
        filename=HERE / "certificate.css",
        font_config=fonts(),
        url_fetcher=OurFiles(),
    )


def render(certificate: Certificate) -> bytes:
    """Return the file; the same row gives the same bytes with the same fonts."""
    page = HTML(string=as_html(certificate), url_fetcher=OurFiles())
    document = page.render(
        stylesheets=[stylesheet()],
        font_config=fonts(),
        pdf_variant="pdf/a-3a",
    )
    claim_pdf_ua(document.metadata)
    return document.write_pdf(pdf_variant="pdf/a-3a")


def claim_pdf_ua(metadata) -> None:
    """Add the claim of PDF/UA-1 to the one of PDF/A-3a."""
    generate = metadata.generate_rdf_metadata

    def with_claim(*args):
        return generate(*args).replace(b"</rdf:RDF>", PDF_UA_CLAIM + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = with_claim


def as_html(certificate: Certificate) -> str:
    """Return the page that is printed, in the certificate's language."""
    language = certificate.language
    second = SECOND_LANGUAGE[language]
    made_at = certificate.issued_at.astimezone(UTC)
    with override(second):
        heading = render_to_string("certificates/pdf/heading.txt").strip()
    with override(language):
        return render_to_string(
            "certificates/pdf/certificate.html",
            {
                "certificate": certificate,
                "created": made_at.isoformat(timespec="seconds"),
                "language": language,
                "second": second,
                "second_heading": heading,
                "fact": {
                    fact.name: fact
                    for fact in wording.facts(certificate, language=language)
                },
                "second_title": other_text(certificate.titles, language, second),
                "second_issuer": other_text(certificate.issuer, language, second),
                "name_size": name_size(certificate.holder_name),
                "long_title": len(certificate.title(language)) > LONG_TITLE,
                "code": rules.code_printed(certificate.code),
                "place": urlsplit(settings.SITE_URL).netloc,
                "qr": qr(certificate.code),
            },
        )


def other_text(texts: dict[str, str], language: str, second: str) -> str:
    """Return the text in the second language where it really is another one."""
    text = texts.get(second, "")
    return "" if text == in_language(texts, language) else text


def name_size(name: str) -> str:
    """Return the size that keeps a name on one line where that is possible."""
    if len(name) <= 40:
        return "large"
    return "medium" if len(name) <= 56 else "small"


def qr(code: str) -> str:
    """Return the QR code of the address as `data:`; capitals make it coarser."""
    address = f"{settings.SITE_URL.rstrip('/')}/v/{code}".upper()
    drawn = segno.make(address, error="m", micro=False, boost_error=False)
    return drawn.png_data_uri(scale=8, border=2)
