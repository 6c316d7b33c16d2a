"""Forms of ideas: choosing some, narrowing their list, rewording one, what who holds a receipt says."""
