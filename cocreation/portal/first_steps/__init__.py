"""What is to do in an empty installation until its first meeting is announced."""
