"""Why a message was not confirmed, in our own words: Apprise's may name addresses and tokens."""

import re

# Of webhooks and robots; of mail servers, whose answers smtplib writes as (550, b'...').
_ANSWER = re.compile(r"Failed to .*\berror=(\d{3})\b|Socket Exception: .*?\((\d{3}), b['\"]")
_HOST = re.compile(
    r"Pool\(host='([\w.:-]+)'|sending (?:JSON|XML|Form) notification to ([\w.:-]+)\.$",
    re.MULTILINE,
)
_ERROR = re.compile(r"\bSocket Exception: (.+)$", re.MULTILINE)  # else a message holds such words
_TLS = re.compile(r"\[SSL[^\]]*\] ([\w :.-]+)")
_CAUSES = (
    (r"timed? ?out", "timed out"),
    (r"connection refused", "connection refused"),
    (r"failed to resolve|name or service not known|name resolution|nodename", "host not found"),
    (r"aborted|reset|unexpectedly closed", "the connection was closed before an answer"),
)
_NUMBERED = re.compile(r"\[Errno \d+\] ([A-Za-z ]+)")
_NO_CONNECTION = re.compile("connection error", re.IGNORECASE)


def failure_words(log: str, host: str | None) -> str:
    """Return why a message was not confirmed, by what Apprise logged, and by whom it was not.

    `host` is a mail server, or who answered last; it is another one where the log says so.
    """
    if named := _HOST.search(log):
        host = named[1] or named[2]
    if found := _ANSWER.search(log):
        answer = found[1] or found[2]
        moved = ": moved to another address" if answer.startswith("3") and found[1] else ""
        return f"{host} answered {answer}{moved}" if host else f"answered {answer}{moved}"
    if cause := _cause(log):
        return f"no answer from {host}: {cause}" if host else f"no answer: {cause}"
    return f"not accepted by {host}" if host else "not accepted"


def _cause(log: str) -> str | None:
    """Return why no answer came; None: one did."""
    error = "\n".join(_ERROR.findall(log))
    if tls := _TLS.search(error):
        return f"TLS failed: {tls[1].strip().lower()}"
    for pattern, words in _CAUSES:
        if re.search(pattern, error, re.IGNORECASE):
            return words
    if numbered := _NUMBERED.search(error):
        return f"no connection: {numbered[1].strip().lower()}"
    return "no connection" if _NO_CONNECTION.search(log) else None
