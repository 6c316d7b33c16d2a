"""Ideas: what was proposed, the steps each went through, and its published fate.

Read by everyone and followed by its author with a receipt.
Imports the workshops, the plan, the directory, and all below.
"""
