"""Regions and communes, institutions, associations that declare themselves.

Serves everybody who has to name one of them.
Imports accounts, and all below.
"""
