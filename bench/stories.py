"""What was told of each letter of a fleet's hosts, and where another fleet was told otherwise."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

Story = tuple[str, ...]  # of one letter: what was told of it, in order, without ids and times
Stories = dict[tuple[int, str], Story]  # by the letter's host and its last path
Change = Mapping[str, Any]  # as the contract has it


def stories(told: Sequence[Sequence[Change]]) -> Stories:
    """Return what was told of each letter, of the changes of each host, oldest first."""
    of_letters: dict[tuple[int, int], list[Change]] = {}
    for place, changes in enumerate(told):
        for each in changes:
            of_letters.setdefault((place, each["letter"]["id"]), []).append(each)
    return {
        (place, _path(changes[-1])): tuple(map(_without_ids_and_times, changes))
        for (place, _), changes in of_letters.items()
    }


def differences(told: Mapping[str, Stories]) -> list[str]:
    """Return what was told otherwise, by name, than under the first name: a line a letter."""
    (_, expected), *others = told.items()
    return [
        f"{name}, host {place}, {path}: {_shown(found.get((place, path)))}"
        f" instead of {_shown(expected.get((place, path)))}"
        for name, found in others
        for place, path in sorted(expected.keys() | found.keys())
        if found.get((place, path)) != expected.get((place, path))
    ]


def _shown(story: Story | None) -> str:
    return "nothing" if story is None else " then ".join(story)


def _path(change: Change) -> str:
    url: str = change["letter"]["url"]
    return urlsplit(url).path


def _without_ids_and_times(change: Change) -> str:
    kept = {name: value for name, value in change.items() if name not in {"id", "detected_at"}}
    letter = {name: value for name, value in change["letter"].items() if name != "id"}
    kept["letter"] = letter | {"url": _path(change)}
    kept["window"] = change["window"]["after"] is not None
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)
