"""The screens on which a report is taken away, kept, or made by the clock."""
