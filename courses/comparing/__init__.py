"""What differs between two texts of a page: for editions, and between revisions."""
