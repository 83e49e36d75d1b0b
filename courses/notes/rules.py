"""How long is a note?"""

MOST_LETTERS = 4_000
