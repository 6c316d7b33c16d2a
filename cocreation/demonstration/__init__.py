"""The demonstration: two cycles in our own words, so that a stranger can play everybody on the first day.

`content/` holds the words, this code the acts: it does through the services of the rooms what people would
have done, each at its moment, so that steps, register and figures agree as they do in real life.
"""
