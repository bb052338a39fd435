"""Whether arguments, variables and paths, which reach us as bytes, are UTF-8."""


def text_problem(text: str) -> str | None:
    """Return why `text` can't be used, or None; Python passes on bytes that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return f"expected UTF-8, found '{shown}'"
    return None
