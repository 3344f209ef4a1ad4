"""`rehearsal explain NAME`: each module here explains one kind of name; `command` asks them in turn."""
