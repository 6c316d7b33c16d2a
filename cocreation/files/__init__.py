"""Files, in and out: spreadsheets, datasets, what people attach, mails that are handed in, PDFs.

It serves every room that takes or gives a file; it reads what people send without trusting it.
It may import text, core and languages.
"""
