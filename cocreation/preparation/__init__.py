"""What has to be done before a meeting, and the rules that its dates must keep.

For those who run a meeting and the secretariat.
It may import what stands below it, from `registration` down, and no other room of the day of a meeting.
"""
