"""What does it cost? Measured on a scratch site, in real processes."""
