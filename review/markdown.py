"""Text written for Markdown so that it shows as it is and does nothing."""

import html
import re
from collections.abc import Iterable

from differ.rows import Run, RunKind

# What CommonMark and the hosts' own additions (tables, strikes, formulas, bare links) give a
# meaning: anywhere, or at the start of a line only. Text of a letter is only ever text.
_ANYWHERE = re.compile(r"[\\`*_\[\]|~$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(\d*)([-+#=.)])")
_TAGS = {RunKind.INSERT: "ins", RunKind.DELETE: "del"}


class Markdown(str):
    """Text that is written for Markdown; Jinja takes what has `__html__` as escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def escaped(value: object) -> object:
    """Return what a template fills in: escaped, unless it is so already or marked as `safe`."""
    return value if hasattr(value, "__html__") else Markdown(plain(str(value)))


def marked_runs(runs: Iterable[Run]) -> Markdown:
    """Return the words of one row as a line, those inserted and deleted between tags."""
    return Markdown(_start_escaped("".join(map(_run, runs))))


def plain(text: str) -> str:
    r"""Return `text` in one line, escaped.

    >>> print(plain("*一* <b> [x](y)"))
    \*一\* &lt;b&gt; \[x\](y)
    """
    return _start_escaped(_inline(text))


def _run(run: Run) -> str:
    tag = _TAGS.get(run.kind)
    return f"<{tag}>{_inline(run.shown)}</{tag}>" if tag else _inline(run.shown)


def _inline(text: str) -> str:
    line = html.escape(re.sub(r"[\t\n\r]", " ", text), quote=False)
    return _ANYWHERE.sub(r"\\\g<0>", line)


def _start_escaped(line: str) -> str:
    return _AT_START.sub(r"\1\\\2", line)
