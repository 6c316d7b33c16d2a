"""The public space of the plan being carried out: at a glance, by commitment, what is late and why.

For everyone; each figure opens into its own sum. It may import tracking and what stands below.
"""
