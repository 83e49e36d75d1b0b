"""Questions of other platforms: how their files are read, compared and written."""
