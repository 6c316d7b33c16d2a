"""Commitments written together: preliminary list, remarks of the committee, joint meetings, the sheet.

For focal points, who propose commitments for their institution and reply; for the committee, which reads
what is shared with it and remarks; for the secretariat. Nothing here is public but the decisions of meetings.
It may import coordination, plan, documents and what stands below them.
"""
