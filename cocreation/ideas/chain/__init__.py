"""The chain of an idea, as its pages show it: what happened, and what is still to come."""
