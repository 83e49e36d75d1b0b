"""Notes and bookmarks of one's own: nobody else ever reads them."""
