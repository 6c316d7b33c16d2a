"""Other readings beside the lead's: levels of civil society, coding and recommendations of the independent
evaluator.

For members of the committee and the secretariat who enter them, and everyone who reads. It may import
tracking and what stands below.
"""
