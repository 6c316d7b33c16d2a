"""Public pages of ideas: send one, follow it, find any."""
