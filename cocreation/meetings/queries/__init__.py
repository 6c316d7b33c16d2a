"""Reads of the meetings: one function a page."""
