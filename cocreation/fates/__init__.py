"""The published fates of all ideas: read, narrowed, counted, taken away as a table.

For everyone. It may import ideas and what stands below, where each idea carries its fate.
"""
