"""The reasons behind what becomes of an idea: the list of fates, and of the codes that can stand behind each.

For the rooms that screen, study and decide, and for all tables in which reasons are counted; it has no pages.
It may import web, files, text, core and languages.
"""
