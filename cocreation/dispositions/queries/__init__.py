"""Reads of the desks: one function a page, a file for each desk."""
