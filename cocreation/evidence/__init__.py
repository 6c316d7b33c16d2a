"""What proves a report of progress: links, files, laws, meetings; links looked at again every month.

For project leads, and for whoever wants to see for themselves. It may import tracking and what stands below.
"""
