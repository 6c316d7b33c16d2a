"""The self-assessment: figures frozen in a snapshot, a report drafted from records, consulted on and
published.

For the secretariat that writes it, and everyone who reads. It may import plan_progress and what stands below.
"""
