# option: database={"user": "me"}
# option: size=3
"""`--config` gives what the stack's file does not hold."""

import pulumi

config = pulumi.Config()
assert config.require_int("size") == 3
pulumi.export("user", pulumi.Output.secret(config.require_object("database")["user"]))
