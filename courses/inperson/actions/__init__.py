"""What is done about training in a room: see each module for its subject."""
