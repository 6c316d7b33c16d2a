"""An association registers several people at once, sees who answered, replaces, corrects and reminds them.

For associations.
It may import registration, places, meetings and what is below.
"""
