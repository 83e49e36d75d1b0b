"""English as it is read from Belize to Canada: the day before the month."""
