"""The benches of the whole: of what every floor shows."""
