"""The cycle of a plan: its calendar of phases, its themes and axes.

Serves every room that asks what is open today.
Imports the directory, accounts, and all below.
"""
