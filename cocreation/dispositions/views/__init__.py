"""Public pages of this room: how ideas are screened, the board of institutions, all fates with reasons."""
