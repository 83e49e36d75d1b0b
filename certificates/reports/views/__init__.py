"""The screens of the completion report."""
