"""Questions and remarks of anyone on a commitment, an activity, an indicator or a piece of evidence, and the
answers.

For everyone, and for the project leads who answer. It may import progress_reports and what stands below.
"""
