"""The one act of finding, exporting and erasing a person. It serves whoever holds a receipt, the secretariat
and the operators; the rooms below say in `<room>/personal_data.py` what they keep and how it goes, `app.py`
lists them, and this room may import them all but the demonstration.

Erasing by receipt reaches what that receipt opens and no more: who holds it has not shown that the
address is theirs.
"""
