"""The screens of mandates: granting and ending, one's own, figures, who holds what."""
