"""Screens of pages of reasons: who writes them, and who reads them."""
