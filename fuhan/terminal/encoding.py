"""Text that reached us as bytes: arguments, variables, paths. All of it must be UTF-8."""


def refusal_of_text(text: str) -> str | None:
    """Return why `text` can't be used, or None; Python lets bytes that are no UTF-8 through."""
    try:
        text.encode()
    except UnicodeEncodeError:
        found = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return f"expected UTF-8, found '{found}'"
    return None
