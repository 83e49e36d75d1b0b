"""What a test gives away to somebody who has read nothing."""
