"""How a spreadsheet comes in by a page: chosen, its sheets, columns and values matched, checked, imported.

For those who bring lists: the participants of a meeting, the outputs of its workshops, an institution's
answers. What a list says is read by the room it belongs to; what it is made of, by `files.sheets`.
It may import web, files, text, core and languages.
"""
