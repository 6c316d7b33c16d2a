"""The pages of those who run meetings."""
