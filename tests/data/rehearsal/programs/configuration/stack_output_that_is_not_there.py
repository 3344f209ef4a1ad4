# stack-outputs: {"organization/network/prod": {"ids": []}}
# ends: crash __main__.py
"""An output that the other stack does not have ends the program, at its line."""

import pulumi

other = pulumi.StackReference("organization/network/prod")
pulumi.export("second", other.require_output("idz").apply(lambda ids: ids[1]))
