# stack-outputs: {"organization/network/prod": {"ids": ["one", "two"], "key": "[secret]"}}
"""Outputs of other stacks are those that `--stack-outputs` states; its secrets stay secrets."""

import pulumi

other = pulumi.StackReference("organization/network/prod")
pulumi.export("second", other.require_output("ids").apply(lambda ids: ids[1]))
pulumi.export("key", other.get_output("key"))
pulumi.export("none", other.get_output("nothing").apply(lambda value: value is None))
