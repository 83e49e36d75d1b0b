"""The bank of questions as a place: finding them, sorting them, using and resting."""
