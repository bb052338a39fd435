"""Records that are printed as description lists: <dt>案由</dt><dd>…</dd>."""

from collections.abc import Iterator
from itertools import pairwise

from selectolax.lexbor import LexborNode

from letters.record_labels import ENOUGH_FOR_A_RECORD, RECORD_LABELS
from letters.text import squashed

_MARKS = "：:"


def labels_of_lists(body: LexborNode) -> tuple[dict[int, str], set[int]]:
    """Return what joins each known label of a record to its value, and the values, by their ids.

    A label without a colon gets one, as it is read so beside its value.
    """
    pairs = [pair for pair in _pairs(body) if _name(pair[0]) in RECORD_LABELS]
    if len({_name(label) for label, _ in pairs}) < ENOUGH_FOR_A_RECORD:
        return {}, set()
    joints = {
        each.mem_id: "" if squashed(each.text())[-1:] in _MARKS else "：" for each, _ in pairs
    }
    return joints, {value.mem_id for _, value in pairs}


def _pairs(body: LexborNode) -> Iterator[tuple[LexborNode, LexborNode]]:
    """Yield each dt with the dd right behind it."""
    for one, other in pairwise(body.css("dt, dd")):
        if one.tag == "dt" and other.tag == "dd":
            yield one, other


def _name(label: LexborNode) -> str:
    return squashed(label.text()).strip("：:【】［］")
