"""What a probe showed, in lines for a person."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from crawler.directory.form_pager import FormPager
from crawler.directory.walk_result import WalkResult
from fuhan.commands.changes import edits_summary
from fuhan.probe.entry import printable
from fuhan.probe.letter_reading import LetterReading
from fuhan.probe.listing_probe import Probe
from fuhan.probe.recognition import interface_of, parsed, recognised
from fuhan.terminal.language import said
from letters.counted import counted
from letters.letter import Letter
from letters.letter_json import letter_to_json

_FIELDS = ["number", "session", "addressees", "subject", "agency", "published_on", "signed_on"]
_FIELDS += ["co_handlers", "doc_number", "result_class", "feedback", "reviewer", "postcode"]
_FIELDS += ["phone", "contact", "attachments"]
_WIDTH = 14  # columns of what a line is about
_QUOTED = 300  # characters of a value


def lines(probe: Probe) -> Iterator[str]:
    """Yield what a probe showed: what would be read, or why it can't be watched."""
    for about, what in rows(probe):
        name = said(about)
        padding = " " * (_WIDTH - cell_len(name)) if about else ""
        yield f"{name}{padding}{said(what)}".rstrip()


def rows(probe: Probe) -> Iterator[tuple[str, str]]:
    """Yield what a probe showed in English: what each line is about, and what it says."""
    shown = _of_watchable(probe) if probe.is_watchable else _of_unwatchable(probe)
    for about, what in shown:
        yield about, _cut(printable(what))


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _of_unwatchable(probe: Probe) -> Iterator[tuple[str, str]]:
    yield "", f"{probe.listing} can't be watched: {_reason(probe)}"
    if probe.directory.served:
        yield "robots", probe.robots
    for channel in probe.channels:
        yield "channel", f"{channel.name} {channel.url} ({channel.what})"
    if any(channel.is_directory for channel in probe.channels):
        yield "next", "fuhan probe URL, with that of a channel"
    elif probe.directory.needs_browser:
        yield "next", "with fuhan[browser], an entry that says site: browser has the list rendered"
    if not probe.channels and probe.readings:
        yield from _pages(probe)


def _reason(probe: Probe) -> str:
    """Return why a listing can't be watched, in one line."""
    if probe.readings and not probe.lists_letters:
        return f"it is no directory of letters: it lists such as {probe.readings[0].row.title}"
    if probe.readings:
        missed = Counter(each.first.reason or "" for each in probe.readings).most_common(1)[0]
        tried = len(probe.readings)
        if tried == 1:
            return f"the one letter tried could not be read: {missed[0]}"
        return f"none of the {tried} letters tried could be read: {missed[0]}"
    obstacle = probe.directory.obstacle or "nothing on it leads to a letter"
    if probe.directory.is_hub:
        return "it is a hub, which shows the newest letters of several channels"
    if not probe.channels:
        return obstacle
    why = f" ({obstacle})" if probe.directory.walked.failed else ""
    return f"it is no directory of letters{why}, but leads to channels of such"


def _of_watchable(probe: Probe) -> Iterator[tuple[str, str]]:
    yield "", f"{probe.listing} can be watched"
    yield "robots", probe.robots
    yield from _pages(probe)
    yield from _letters(probe)
    yield "agency", _chosen(probe.agency.value, probe.agency.doubt)
    yield "kind", _chosen(probe.kind.value, probe.kind.doubt)
    yield "in the way", probe.directory.obstacle or "nothing"
    yield from _example(probe.letters[0])


def _chosen(value: str, doubt: str | None) -> str:
    return f"{value} (not sure: {doubt})" if doubt else value


def _pages(probe: Probe) -> Iterator[tuple[str, str]]:
    """Yield what the pages of the directory show."""
    walked, first = probe.directory.walked, probe.directory.first
    yield "rows", f"{len(walked.rows)} on {_pages_in_words(walked.pages)} that could be read"
    if interface := interface_of(walked):
        yield "interface", interface
    if walked.selection:
        yield "known by", walked.selection.words
    if first is None:
        return
    size = [counted(walked.total_rows, "letter")] if walked.total_rows is not None else []
    size += [_pages_in_words(first.total_pages)] if first.total_pages is not None else []
    said_by = "interface" if walked.interface else "directory"
    yield "size", f"{' on '.join(size)}, as the {said_by} says" if size else "it does not say"
    yield "pager", _pager(probe)
    answers = (each.first.snapshot for each in probe.readings if each.first.snapshot)
    yield "site", recognised(parsed(answers))


def _pages_in_words(number: int) -> str:
    return counted(number, "page")


def _pager(probe: Probe) -> str:
    first, walked = probe.directory.first, probe.directory.walked
    if walked.interface:
        behind = "goes on behind them" if walked.is_bounded else "lists no more"
        answers = counted(walked.pages, "answer was read", "answers were read")
        return f"of the interface, of which {answers}; it {behind}"
    if first is not None and first.total_pages == 1:
        return "one page is all"
    if first is not None and first.pager.form is not None:
        more = ", which was read" if walked.pages > 1 else ""
        return f"numbered; page 2 is {first.pager.form.url(1)}{more}"
    if first is not None and first.pager.next_urls:
        return f"links; the next is {first.pager.next_urls[0]}"
    if first is not None and first.form_pager is not None:
        return _of_form(first.form_pager, walked)
    return "none that leads on"


def _of_form(pager: FormPager, walked: WalkResult) -> str:
    """Return in words how a form leads to page 2; a box to jump from may lead nowhere."""
    changed = pager.onward(2, pager.shift, is_next=True)
    if changed is None and walked.pages > 1:
        changed = pager.numbered(2, pager.shift)
    if changed is None:
        return "none that leads on"
    with_fields = ", ".join(f"{name}={value}" for name, value in changed)
    fields = f" with {with_fields}" if with_fields else ""
    more = ", which was read" if walked.pages > 1 else ""
    return f"a form; page 2 is asked for by {pager.form.method} {pager.form.url}{fields}{more}"


def _letters(probe: Probe) -> Iterator[tuple[str, str]]:
    """Yield how the letters were read."""
    letters, tried = probe.letters, len(probe.readings)
    yield "letters", f"{len(letters)} of the {tried} tried {'was' if tried == 1 else 'were'} read"
    for each in probe.readings:
        if each.letter is None:
            yield "not read", f"{each.row.url}: {each.first.reason}"
    rates = {name: sum(bool(getattr(letter, name)) for letter in letters) for name in _FIELDS}
    yield "fields", ", ".join(f"{name} {n}/{len(letters)}" for name, n in rates.items() if n)
    yield "in none", ", ".join(name for name, number in rates.items() if not number) or "–"
    yield "twice", _repeated(probe.readings)
    days = [days for letter in letters if (days := letter.days_backdated)]
    longest = counted(max(days, default=0), "day")
    made = f"{len(days)} of {len(letters)}: made up to {longest} after their date"
    yield "back-dated", made if days else "none"
    yield "twins", _twins(letters)


def _repeated(readings: Sequence[LetterReading]) -> str:
    """Return in words in what two visits in a row to each letter differ."""
    twice = [each for each in readings if each.second is not None]
    unsteady = [each for each in twice if not each.is_steady]
    bytes_differ = sum(not each.has_same_bytes for each in twice)
    were = "was" if bytes_differ == 1 else "were"
    pages = f"{bytes_differ} of {counted(len(twice), 'page')} {were}"
    served = f"read twice in a row, {pages} served differently"
    if not unsteady:
        return f"{served}; all letters say the same"
    edits = edits_summary(unsteady[0].edits()) or "the second could not be read"
    say = counted(len(unsteady), "letter says", "letters say")
    return f"{served}; {say} something else: {edits}"


def _twins(letters: Sequence[Letter]) -> str:
    """Return in words how many letters answer the same paper."""
    papers = Counter(
        (letter.number, letter.session, letter.subject)
        for letter in letters
        if letter.number and letter.session and letter.subject
    )
    twins = sum(number for number in papers.values() if number > 1)
    return f"{twins} of the letters read answer the same paper" if twins else "none"


def _example(letter: Letter) -> Iterator[tuple[str, str]]:
    """Yield the fields of a letter as it would be read."""
    yield "", ""
    yield "", letter.title
    values = letter_to_json(letter)
    for name in _FIELDS[:-1]:
        if value := values[name]:
            yield name, "、".join(value) if isinstance(value, list) else str(value)
    blocks = counted(len(letter.body), "block")
    yield "text", f"{blocks}, {counted(len(letter.wording()), 'character')}"
