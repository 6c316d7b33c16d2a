"""Staff of the platform: people, sign-in, roles and what they hold for.

It serves everyone who signs in, and administrators.
It may import the ledger and what is below.

A grant holds the id of what it is for and nothing else, so that this room needs none of those above:
`portal.scopes` brings the way from references (OR1-W2) to ids, through `accounts.scopes`.
"""
