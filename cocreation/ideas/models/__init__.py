"""Ideas, their authors and their steps; and what gathers around them, a file for each matter."""
