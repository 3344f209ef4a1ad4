import pulumi


def say(text: str) -> None:
    pulumi.log.info(text)
