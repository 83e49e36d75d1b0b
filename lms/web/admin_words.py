"""What wagtail-localize says in the browser, in our words where its own are wrong."""

from django.views.i18n import JavaScriptCatalog


class OwnWordsFirst(JavaScriptCatalog):
    """Django hands a browser the words of a package over those of `LOCALE_PATHS`."""

    packages = ["wagtail_localize"]

    def get_catalog(self):
        return {
            said: self.translation.gettext(said) if isinstance(words, str) else words
            for said, words in super().get_catalog().items()
        }
