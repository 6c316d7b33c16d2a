"""What people say of a text under consultation: whole or section, wordings suggested, supported, replied to.

For everyone, without an account; associations confirm what is said in their name. Copies are a campaign.
It may import consultations and what stands below them; whoever answers comments stands above.
"""
