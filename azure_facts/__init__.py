"""What Azure and Databricks are: tables with their sources, and pure functions over them.

The ground floor: imports neither pulumi nor any other room of this project, so that the platform, its policies and the
rehearsal answer from one table. A fact is written here once, with the source that was opened and the day it was read.
"""
