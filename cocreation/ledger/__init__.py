"""The register: every decision in a chain, signed once a day, that anyone can verify.

Serves whoever wants to check us; every room writes its decisions here.
Imports web and core alone.
"""
