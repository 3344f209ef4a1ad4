import pulumi


def tags(config: pulumi.Config) -> dict[str, str]:
    return {"owner": config.require("owner")}
