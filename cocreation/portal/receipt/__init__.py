"""The page of a receipt, with all that its holder is shown and that is kept of them.

For those who registered. A room composed of registration, attendance and travel support.
"""
