"""Questions: how an answer is read, ordered and scored."""
