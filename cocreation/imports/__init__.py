"""How a spreadsheet comes in by a page, in steps: chosen, its sheets and columns matched, checked, imported.

For those who bring lists: the participants of a meeting, the outputs of its workshops, an institution's
answers. What a list says is read by the room it belongs to; what it is made of, by `files.sheets`.
It may import web, files, text, core and languages.
"""
