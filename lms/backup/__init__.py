"""The whole of an installation in one sealed file, and back again."""
