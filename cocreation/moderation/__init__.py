"""Reports on the words of ideas, hiding them in public, and contests of that.

Serves readers, authors and the secretariat.
Imports ideas, and all below.
"""
