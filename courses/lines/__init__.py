"""Lines of a draw: so many questions from here, so many from there."""
