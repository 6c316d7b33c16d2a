"""Coordination meetings with an institution and the committee: agenda, decisions per idea, minutes."""
