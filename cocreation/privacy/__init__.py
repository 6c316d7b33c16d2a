"""The one act of finding, exporting and erasing a person.

It serves whoever holds a receipt, the secretariat and the operators.
It may import upkeep and what is below.

The rooms say in their `personal_data` what they keep and how it goes, and `app.py` lists them: so it also
reaches the portal, which stands above it.

Erasing by receipt reaches what that receipt opens and no more: who holds it has not shown that the
address is theirs.
"""
