"""Who took part, counted, with small counts hidden; the meetings of a cycle side by side.

For everyone, and in full for those who run the meetings.
It may import what stands below it, from `registration` down, and no other room of the day of a meeting.

While people register a page counts from an index; the tables by age and the like, which read every
row, come once the figures are shown.
"""
