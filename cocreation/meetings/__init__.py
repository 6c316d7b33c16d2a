"""A regional consultation meeting: announced, changed, called off; its programme, photos and organisers.

For everyone who reads of it and for those who run it.
It may import plan, cycles, directory, accounts, ledger, web and core.
"""
