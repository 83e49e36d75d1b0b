"""Honest words: what a text should not say, where it does, what is said instead."""
