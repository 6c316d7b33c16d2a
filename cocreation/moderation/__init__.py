"""Reports on the words of ideas and of comments, hiding them in public, and contests of that.

Serves readers, authors and the secretariat.
Imports ideas, comments, and all below.
"""
