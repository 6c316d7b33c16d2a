"""Reads of ideas: one function a page."""
