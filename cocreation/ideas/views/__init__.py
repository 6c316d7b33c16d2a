"""Public pages of ideas: find any, open one's own by its receipt, reword it."""
