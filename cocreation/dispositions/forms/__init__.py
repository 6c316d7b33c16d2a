"""Forms of the desks, a file for each desk."""
