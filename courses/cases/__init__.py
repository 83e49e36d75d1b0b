"""Branching cases: deciding step by step, what follows, and what it taught."""
