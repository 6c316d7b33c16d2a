"""Spreadsheets in and out: read what people send without trusting it, write what they can open safely.

    sheets = read(Path("outputs.xlsx"))
    table = FileTable(sheets, COLUMNS, guidance)  # what was understood, and what was left out
    rows = table.rows(is_shown=True)
    problems = Problems()
    for row in rows:
        with problems.at(row):
            kinds.append(choose(row["kind"], KINDS))
    problems.refuse()

Everything refused is a `SheetRefused` that names the sheet, the row and what to do.
"""
