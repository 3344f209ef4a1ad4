# file: broken.py resources = (
# ends: crash broken.py
"""A module that cannot be read is named with its line."""

import broken
