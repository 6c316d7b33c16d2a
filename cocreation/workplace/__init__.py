"""Where the staff works: the menu beside each of their pages, what waits for them, one box that finds."""
