"""Forms of ideas: choosing some of them, narrowing their list."""
