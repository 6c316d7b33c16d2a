"""An association registers several people at once, sees who answered, replaces, corrects and reminds them,
and asks for help to come for them.

For associations.
It may import travel support, registration, places, meetings and what is below.
"""
