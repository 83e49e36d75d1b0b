"""Certificates that are revoked, suspended, restored: one person asks, one agrees."""
