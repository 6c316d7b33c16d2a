"""Supporting an idea and following it, with an address and no account.

Serves people who read ideas.
Imports submission and ideas, and all below.
"""
