"""Regions, provinces and communes, institutions, associations.

It serves every form that names one of them, and the secretariat that keeps them.
It may import accounts (its staff pages ask the rules of roles) and what is below.
"""
