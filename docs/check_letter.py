"""Checks an exported letter against the pages it was read from. Needs Python, nothing of fuhan.

    fuhan export -o out && fuhan export -o out --format warc
    python check_letter.py out LETTER [HEAD]

LETTER is its id, its URL or SOURCE/NUMBER, as fuhan shows them; HEAD is the ledger's hash that
was published or stamped. In the unpacked evidence of one change it needs no words, or HEAD alone:

    python check_letter.py [HEAD]
"""

import contextlib
import gzip
import hashlib
import json
import re
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHANGE = ("kind", "significance", "reason", "from_version", "to_version", "detected_at")
SNAPSHOT = ("address_id", "url", "final_url", "status", "headers", "fetched_at", "sha256")
SEALED = ("letter_id", "number", "cause", "seen_at", "snapshot_id", "parser", "digest")
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # drawn as a gap
OUTSIDE = {"url", "url_dated_on", "kind", "form", "labels", "body", "attachments"}


class Text(HTMLParser):
    """The text of a page, script and style left out."""

    def __init__(self, page):
        super().__init__()
        self.parts, self.hidden = [], 0
        self.feed(page)

    def handle_starttag(self, tag, _):
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        self.parts.append("" if self.hidden else data)


def check(holds, words):
    print("ok  " if holds else "BAD ", words)
    if not holds:
        sys.exit(1)


@contextlib.contextmanager
def reading(name):  # names the file that says no such thing, or nothing that can be read
    try:
        yield
    except (AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        check(False, f"{name}: can be read ({type(error).__name__}: {error})")


def sha(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def compact(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dense(text):  # without blanks and characters that nobody sees
    text = unicodedata.normalize("NFC", text)
    unseen = ("Cc", "Cf", "Cn", "Mn", "Zs", "Zl", "Zp")
    gone = [c for c in set(text) if unicodedata.category(c) in unseen or c in FILLERS]
    return text.translate(dict.fromkeys(map(ord, gone)))


def rows(file):
    with file.open(encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def pages(file):  # the bodies in a WARC, by their sha256
    left = gzip.open(file).read()
    while left.strip():
        head, _, left = left.partition(b"\r\n\r\n")
        size = int(re.search(rb"Content-Length: (\d+)", head)[1])
        body = left[:size].partition(b"\r\n\r\n")[2]
        left = left[size + 4 :]
        yield hashlib.sha256(body).hexdigest(), body


def decoded(page):
    try:
        return page.decode()
    except UnicodeDecodeError:
        return page.decode("gb18030", "replace")


def digest(letter):
    told = {name: value for name, value in letter.items() if name not in OUTSIDE}
    told["labels"] = letter["labels"]
    table, blocks = "\n{}\n", letter["body"]
    told["body"] = "".join(
        (table if b["kind"] == "table" else "{}").format(b["text"]) for b in blocks
    )
    told["attachments"] = [
        [f["name"], f["url"].rsplit("/", 1)[-1], f.get("content") or f["digest"]]
        + ([f["state"]] if f.get("state") else [])
        for f in letter["attachments"]
    ]
    return sha(compact(told))


class Ledger:
    """What the entries of a ledger say."""

    def __init__(self):
        self.served, self.versions, self.seals, self.files = {}, {}, set(), set()

    def read(self, text):
        facts = json.loads(text)
        if "file" in facts:
            self.files.add((facts["sha256"], facts.get("content")))
        if "snapshot" in facts:
            served = [facts["snapshot"], *facts.get("further", [])]
            self.served[facts["snapshot"]["id"]] = [page["sha256"] for page in served]
            self.seals.update(page["seal"] for page in served)
        for told in (facts.get("version"), facts.get("reparsed"), facts.get("longer")):
            if told:
                self.versions[told["id"]] = told["seal"]
        if "directory" in facts:
            self.seals.add(facts["directory"])
        if "change" in facts:
            self.seals.add(facts["change"]["seal"])


def check_version(version, ledger, kept):  # `kept`: pages as served, by their sha256
    name, letter = f"version {version['number']}", version["letter"]
    check(
        digest(letter) == version["digest"],
        f"{name}: its words have the digest {version['digest']}",
    )
    seal = sha(compact([version[column] for column in SEALED]))
    check(
        ledger.versions.get(version["id"]) == seal,
        f"{name}: the ledger sealed it, seen {version['seen_at']}",
    )
    served = ledger.served.get(version["snapshot_id"], [None])
    check(
        kept.keys() >= set(served),
        f"{name}: the page that the ledger names is there: {' '.join(map(str, served))}",
    )
    text = "".join(dense("".join(Text(decoded(kept[sha256])).parts)) for sha256 in served)
    missing = [b["text"] for b in letter["body"] if dense(b["text"]) not in text]
    check(not missing, f"{name}: the page says all that it says {missing[:1] or ''}")


def check_files(version, ledger):
    files = [(f["digest"], f["content"]) for f in version["letter"]["attachments"]]
    read = [each for each in files if each[1]]
    name = f"version {version['number']}"
    check(ledger.files.issuperset(read), f"{name}: its {len(read)} files say what the ledger says")


def names(letter):  # what a letter may be called by
    number = letter["number"] and f"{letter['source']}/{letter['number']}"
    return str(letter["id"]), letter["url"], number


def find(folder, named):  # the letter's id
    found = [row["id"] for row in rows(folder / "letters.jsonl") if named in names(row)]
    if len(found) != 1:
        those = f"several are called so, of these ids: {found}" if found else "none is called so"
        print(f"{named}: expected a letter's id, URL or SOURCE/NUMBER; {those}", file=sys.stderr)
        sys.exit(2)
    return found[0]


def check_export(folder, named, heads):
    for name in ("letters.jsonl", "versions.jsonl", "ledger.jsonl", "pages.warc.gz"):
        if not (folder / name).is_file():
            print(
                f"{folder}: expected the folder of both exports, found no {name}", file=sys.stderr
            )
            sys.exit(2)
    letter_id = find(folder, named)
    versions = [row for row in rows(folder / "versions.jsonl") if row["letter_id"] == letter_id]
    check(versions, f"letter {letter_id} has {len(versions)} versions")
    kept, head = dict(pages(folder / "pages.warc.gz")), "0" * 64
    ledger, whole = Ledger(), rows(folder / "ledger.jsonl")
    for row in whole:  # one copy of a file is of letters of all sources
        if '"file"' in row["facts"]:
            ledger.read(row["facts"])
    for row in [row for row in whole if row["source"] == versions[0]["source"]]:
        head = sha(f"{head}\n{row['facts']}")
        if head != row["hash"]:
            check(False, f"ledger entry {row['seq']} follows from the one before")
        ledger.read(row["facts"])
    check(True, f"the ledger is a chain; its head is {head}")
    check(not heads or head == heads[0], "the head is the one that was published")
    for version in versions:
        check_version(version, ledger, kept)
        check_files(version, ledger)


def check_sums(folder):  # returns the bytes of what was served, by their sha256
    kept = {}
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        expected, name = line.split("  ", 1)
        file = folder / name
        if not file.is_file():
            check(False, f"{name}: is missing")
        body = file.read_bytes()
        check(hashlib.sha256(body).hexdigest() == expected, f"{name}: has the digest {expected}")
        if name.startswith(("before/", "after/")):
            kept[expected] = body
    return kept


def check_chain(entries, heads):
    ledger, before, gaps = Ledger(), None, 0
    for row in entries:
        holds = row["hash"] == sha(f"{row['previous']}\n{row['facts']}")
        if before and (row["source"], row["seq"]) == (before["source"], before["seq"] + 1):
            holds = holds and before["hash"] == row["previous"]
        elif before:
            gaps += 1
        if not holds:
            check(False, f"ledger.jsonl: entry {row['seq']} follows from the one before")
        before = row
        ledger.read(row["facts"])
    between = f"with {gaps} gaps" if gaps else "a chain without a gap"
    check(entries, f"ledger.jsonl: {len(entries)} entries, {between}, from {entries[0]['seq']} on")
    print("note", f"the last of them is entry {before['seq']}; its hash is {before['hash']}")
    published = {row["hash"] for row in entries}
    for head in heads:
        check(
            head in published, f"ledger.jsonl: the hash that was published is among them: {head}"
        )
    return ledger


def check_page(file, ledger, kept):
    page = json.loads(file.read_text("utf-8", "surrogatepass"))
    name = f"{file.parent.name}/{file.name}"
    seal = sha(compact([page[column] for column in SNAPSHOT]))
    check(seal in ledger.seals, f"{name}: the ledger sealed this answer of {page['url']}")
    check(page["sha256"] in kept, f"{name}: its bytes are there: {page['sha256']}")


def check_change(file, ledger, versions):
    change = json.loads(file.read_text("utf-8", "surrogatepass"))
    letter, window = change["letter"], change["window"]
    columns = [letter["id"], letter["source"], *(change[column] for column in CHANGE)]
    columns += [window["after"], window["before"], change["edits"], change["differ"]]
    seal = sha(compact(columns))
    check(seal in ledger.seals, f"change.json: the ledger sealed change {change['id']}")
    lacking = {change["from_version"], change["to_version"]} - versions - {None}
    check(not lacking, f"versions.jsonl: has the versions of the change {sorted(lacking) or ''}")


def check_bundle(folder, heads):
    with reading("SHA256SUMS"):
        kept = check_sums(folder)
    with reading("ledger.jsonl"):
        ledger = check_chain(rows(folder / "ledger.jsonl"), heads)
    served = (
        file.with_suffix("").with_suffix(".json") for file in folder.glob("*/page*.html.txt")
    )
    for file in sorted({*folder.glob("*/page*.json"), *served}):
        with reading(f"{file.parent.name}/{file.name}"):
            check_page(file, ledger, kept)
    with reading("versions.jsonl"):
        versions = rows(folder / "versions.jsonl")
        for version in versions:
            check_version(version, ledger, kept)
    with reading("change.json"):
        check_change(folder / "change.json", ledger, {each["number"] for each in versions})
    known = ledger.seals | {sha256 for sha256, _ in ledger.files}
    for file in sorted([*folder.glob("*/files/*"), *folder.glob("*/directory.json")]):
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        check(sha256 in known, f"{file.relative_to(folder)}: the ledger names it")
    print("ok   all digests agree")


if len(sys.argv) in {1, 2} and (HERE / "SHA256SUMS").is_file():
    check_bundle(HERE, sys.argv[1:])
elif len(sys.argv) in {3, 4}:
    check_export(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
else:
    print(__doc__, file=sys.stderr)
    sys.exit(2)
