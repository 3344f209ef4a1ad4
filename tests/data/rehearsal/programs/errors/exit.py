# ends: exit sys.exit(3)
"""Ends with one message that says what helps."""

import sys

sys.exit(3)
