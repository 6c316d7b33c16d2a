"""Draft texts put to public comment: frozen versions, a window, what is asked, who is told, who follows.

For the secretariat, which opens a consultation, and for everyone who reads what it is about or follows it.
It may import plan, documents and what stands below them; comments and their answers stand above.
"""
