"""What is checked before a page goes out, and what a change of it does to whom."""
