"""Addresses of certificates: the holder's own pages and the public check."""

urlpatterns: list = []
