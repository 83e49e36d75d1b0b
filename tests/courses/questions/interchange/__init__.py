"""Questions of other platforms: read, compared, brought and written."""
