"""The public register: every decision in a hash chain, signed once a day.

It serves anyone who verifies it, and every room that appends a decision.
It may import web and what is below, and knows none of those who append.
"""
