"""What the staff's search finds: pages by their reference, ideas, people, meetings and bodies.

Everything is narrowed to what the person who searches may see, and at most `MOST` of a kind are found.
"""
