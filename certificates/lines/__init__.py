"""Lines of reports: how they are drawn from what people did, and kept up to date."""
