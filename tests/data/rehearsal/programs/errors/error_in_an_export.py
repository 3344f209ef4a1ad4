# ends: crash __main__.py", line 6
"""What cannot be exported is named at the line that exports it."""

import pulumi

pulumi.export("group", object())
