# config: sample:count={secure: AAABAOJd}
# config: sample:share={secure: AAABAOJd}
# config: sample:on={secure: AAABAOJd}
# config: sample:database={secure: AAABAOJd}
# config: sample:certificatePem={secure: AAABAOJd}
# config: sample:parts={user: me, password: {secure: AAABAOJd}}
"""A secret may be a number, a boolean, an object, a certificate."""

import pulumi

config = pulumi.Config()
pulumi.export("count", config.require_secret_int("count").apply(lambda value: value + 1))
pulumi.export("share", config.require_secret_float("share").apply(lambda value: value / 2))
pulumi.export("on", config.require_secret_bool("on").apply(lambda value: not value))
database = config.require_secret_object("database")
pulumi.export("user", database["user"])
pulumi.export("server", database.apply(lambda value: value["servers"][0]["name"] + ":1433"))
pulumi.export(
    "certificate", config.require_secret("certificatePem").apply(lambda text: text.index("BEGIN CERTIFICATE"))
)
pulumi.export("parts", config.require_secret_object("parts").apply(lambda parts: sorted(parts)))
