"""One page for what is true everywhere, one for each place where Campus runs."""
