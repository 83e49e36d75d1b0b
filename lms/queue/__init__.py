"""Work that waits its turn: tried again when it fails, never lost with a worker."""
