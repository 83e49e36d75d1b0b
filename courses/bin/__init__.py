"""The bin: what editors delete comes back for thirty days, then it is gone."""
