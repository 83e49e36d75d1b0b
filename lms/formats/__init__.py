"""How days and hours are written, where the language has several ways."""
