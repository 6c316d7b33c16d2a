"""Reads of answers to comments: one module a page or two."""
