"""Ideas: what was proposed, the steps each went through, and its published fate.

Read by everyone and followed by its author with a receipt.
Imports the workshops, the plan, the directory, and all below.

`Idea.silence` is the sentence shown instead of the words of a withdrawn or hidden idea: whatever shows
words, a file or an author's reply to the public asks it.
"""
