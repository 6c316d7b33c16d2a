"""An association registers several people at once and sees who of them answered.

For associations.
It may import registration, places, meetings and what is below.
"""
