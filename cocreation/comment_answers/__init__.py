"""Comments answered, alone or with those like them: what was taken up, why, the very words that changed.

For the secretariat, which answers, a second reader, and everyone, who reads the table of dispositions.
It may import comments, consultations and what stands below them; adoption stands above.
"""
