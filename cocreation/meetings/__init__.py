"""A regional consultation meeting: announced, changed, called off; its programme, photos and organisers.

For everyone who reads of it and for those who run it.
It may import plan and what is below.

What overlaps in a programme is one slot. Moving a slot shifts the others and leaves the pauses where
they were, so that nothing comes to overlap by it.
Photos come one a form: each has words and a consent of its own, and a refusal costs one file.
"""
