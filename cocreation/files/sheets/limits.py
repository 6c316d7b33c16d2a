"""How much one spreadsheet may hold. All are checked before the file is given to the parser."""

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_PARTS = 1_000  # files inside a workbook
MAX_ROWS = 20_000  # filled, in all sheets together
MAX_COLUMNS = 100
MAX_CELL = 20_000  # characters
MAX_TEXT = 20_000_000  # characters in one sheet: a few bytes can repeat one long cell a million times
MAX_COUNT = 10_000_000  # of anything a part says that it lists
