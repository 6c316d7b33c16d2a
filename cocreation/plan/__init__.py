"""The commitments of an action plan.

It serves everyone who reads the plan, and the secretariat that writes it.
It may import documents and what is below; pages that count ideas beside a commitment stand in the portal.
"""
