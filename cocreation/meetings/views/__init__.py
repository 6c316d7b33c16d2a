"""Public pages of the meetings: read them, register, hold a receipt, answer an invitation."""
