"""The completion report reckoned a second time, from rows alone, to prove the first."""
