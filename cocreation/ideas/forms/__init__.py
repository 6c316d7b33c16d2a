"""Forms of ideas: sending one, entering one that came on paper, narrowing their list."""
