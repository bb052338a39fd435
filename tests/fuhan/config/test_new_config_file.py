"""A new config.yaml has every key with its default and a note, in Chinese or in English."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fuhan.config.key_notes import INTRODUCTION, KEY_NOTES
from fuhan.config.load import load_config
from fuhan.config.new_config_file import new_config
from fuhan.config.sections import Config, CrawlSection, NotificationSection, Section, SourceSection
from fuhan.probe.entry import entry_yaml
from review.sentences.chinese import chinese
from tests.fuhan.conftest import SOURCE

ENTRY = {"name": "city", "agency": "某市", "kind": "proposal", "listing": "http://127.0.0.1/list/"}


def in_english(sentence: str) -> str:
    return sentence


def in_chinese(sentence: str) -> str:
    return chinese(sentence) or f"untranslated: {sentence}"


def keys(model: type[Section], at: str = "") -> Iterator[str]:
    """Yield the path of each key; an entry's of a list stand behind the list's own."""
    entries = {"sources": SourceSection, "notify": NotificationSection}
    for name, field in model.model_fields.items():
        if model is SourceSection and name in CrawlSection.model_fields:
            continue
        yield f"{at}{name}"
        if isinstance(field.default, Section):
            yield from keys(type(field.default), f"{at}{name}.")
        elif name in entries and model is Config:
            yield from keys(entries[name], f"{name}.")


def test_each_key_has_a_note_and_no_note_is_of_a_key_that_is_gone() -> None:
    assert sorted(KEY_NOTES) == sorted(keys(Config))


@pytest.mark.parametrize("say", [in_english, in_chinese])
def test_with_each_key_uncommented_it_is_the_configuration_of_its_entry_alone(
    tmp_path: Path, say: Callable[[str], str]
) -> None:
    """Only `notify`, which has no entry by default, has one that shows the defaults of its keys."""
    text = new_config(entry_yaml(ENTRY, {}), say)
    used, short = tmp_path / "all.yaml", tmp_path / "config.yaml"
    used.write_text(re.sub("(?m)^#(?=\\S| {2})", "", text), "utf-8")
    short.write_text(SOURCE.replace("某市发展和改革委员会", "某市"), "utf-8")
    config, plain = load_config(used, {}), load_config(short, {})
    assert config.notify == (NotificationSection(url="mailto://user:password@example.org"),)
    assert config.model_copy(update={"notify": ()}) == plain
    assert written_keys(text) == sorted(keys(Config))


def written_keys(text: str) -> list[str]:
    """Return the path of each key that stands at the beginning of a line, as `keys` has them."""
    found, above = [], {-1: ""}
    for line in text.splitlines():
        if written := re.match(r"#?((?:  )*(?:- )?)([a-z_]+):(?: |$)", line):
            indent = len(written[1])
            above = {at: path for at, path in above.items() if at < indent}
            path = f"{above[max(above)]}.{written[2]}".removeprefix(".")
            found.append(path)
            above[indent] = path
    return sorted(found)


def test_as_it_is_it_says_nothing_but_its_entry(tmp_path: Path) -> None:
    file, short = tmp_path / "a.yaml", tmp_path / "config.yaml"
    file.write_text(new_config(entry_yaml(ENTRY, {}), in_english), "utf-8")
    short.write_text(SOURCE.replace("某市发展和改革委员会", "某市"), "utf-8")
    assert load_config(file, {}) == load_config(short, {})


def test_a_doubt_of_the_probe_stays_a_comment() -> None:
    doubts = {"agency": "no page says it"}
    lines = new_config(entry_yaml(ENTRY, doubts), in_english).splitlines()
    assert "# agency: no page says it" in lines


@pytest.mark.parametrize("note", [*INTRODUCTION, *KEY_NOTES.values()])
def test_each_note_has_its_chinese(note: str) -> None:
    assert re.search("[一-龥]", chinese(note) or "")
