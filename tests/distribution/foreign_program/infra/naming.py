def resource_name(kind: str) -> str:
    return f"{kind}-shopdata-dev"
