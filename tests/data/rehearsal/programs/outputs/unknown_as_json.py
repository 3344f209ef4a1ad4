# config: sample:settings={secure: AAABAKJ}
"""A text that only a service or a secret knows is read as JSON, or as a number, and gives what it is asked for."""

import json

import pulumi

settings = pulumi.Config().require_secret("settings").apply(json.loads)
network = pulumi.StackReference("team/network/dev")
pulumi.export("password", settings["database"]["password"])
pulumi.export("host", network.get_output("hosts").apply(lambda text: json.loads(text)["web"][0]))
pulumi.export("count", network.get_output("count").apply(lambda count: int(count) + 1))
