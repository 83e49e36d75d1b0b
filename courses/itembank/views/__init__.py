"""The screens of the bank, for those who write questions."""
