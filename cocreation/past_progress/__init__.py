"""The progress of plans of the past, as it was published elsewhere: taken over from a file.

For who brings an older plan to the platform. It may import tracking and what stands below.
"""
