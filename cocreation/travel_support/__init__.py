"""Help with transport and lodging: asked for, ranked by published criteria, decided.

For participants who need it, the public who reads the criteria, those who run the meeting.
It may import what stands below it, from `registration` down, and no other room of the day of a meeting.

A request is its person's until it is decided: changed while others can ask (its turn stays), withdrawn
even later, as giving up takes from nobody; what was written for it is then erased.
"""
