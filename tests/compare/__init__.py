"""Says whether two versions of this code show people the same: see `__main__`."""
