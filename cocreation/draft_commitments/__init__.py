"""Commitments written together: preliminary list, remarks of the committee, joint meetings, the sheet.

For the secretariat and the civil-society members of the committee.
It may import coordination, plan, documents and what stands below them.
"""
