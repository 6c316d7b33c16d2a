"""Moderation: reports by anyone, hiding with a reason that can be contested, the log in numbers."""
