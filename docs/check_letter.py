"""Checks an exported letter against the pages it was read from. Needs Python, nothing of fuhan.

    fuhan export -o out && fuhan export -o out --format warc
    python check_letter.py out LETTER [HEAD]

LETTER is its id, its URL or SOURCE/NUMBER, as fuhan shows them; HEAD is the ledger's hash that
was published or stamped.
"""

import gzip
import hashlib
import json
import re
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

if len(sys.argv) not in {3, 4}:
    print(__doc__, file=sys.stderr)
    sys.exit(2)
FOLDER, NAMED, HEADS = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
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


def sha(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def compact(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dense(text):  # without blanks and characters that nobody sees
    text = unicodedata.normalize("NFC", text)
    unseen = ("Cc", "Cf", "Cn", "Mn", "Zs", "Zl", "Zp")
    gone = [c for c in set(text) if unicodedata.category(c) in unseen or c in FILLERS]
    return text.translate(dict.fromkeys(map(ord, gone)))


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def pages():  # the bodies in the WARC, by their sha256
    left = gzip.open(FOLDER / "pages.warc.gz").read()
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
        return page.decode("gb18030")


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


def names(letter):  # what a letter may be called by
    number = letter["number"] and f"{letter['source']}/{letter['number']}"
    return str(letter["id"]), letter["url"], number


def find(named):  # the letter's id
    found = [row["id"] for row in rows("letters.jsonl") if named in names(row)]
    if len(found) != 1:
        those = f"several are called so, of these ids: {found}" if found else "none is called so"
        print(f"{named}: expected a letter's id, URL or SOURCE/NUMBER; {those}", file=sys.stderr)
        sys.exit(2)
    return found[0]


for name in ("letters.jsonl", "versions.jsonl", "ledger.jsonl", "pages.warc.gz"):
    if not (FOLDER / name).is_file():
        print(f"{FOLDER}: expected the folder of both exports, found no {name}", file=sys.stderr)
        sys.exit(2)
letter_id = find(NAMED)
versions = [row for row in rows("versions.jsonl") if row["letter_id"] == letter_id]
check(versions, f"letter {letter_id} has {len(versions)} versions")
kept, held, sealed, head = dict(pages()), {}, {}, "0" * 64
seen = [json.loads(row["facts"]) for row in rows("ledger.jsonl") if '"file"' in row["facts"]]
said = {(facts["sha256"], facts.get("content")) for facts in seen if "file" in facts}
for row in [row for row in rows("ledger.jsonl") if row["source"] == versions[0]["source"]]:
    head = sha(f"{head}\n{row['facts']}")
    if head != row["hash"]:
        check(False, f"ledger entry {row['seq']} follows from the one before")
    facts = json.loads(row["facts"])
    if "snapshot" in facts:
        served = [facts["snapshot"], *facts.get("further", [])]
        held[facts["snapshot"]["id"]] = [page["sha256"] for page in served]
    for told in (facts.get("version"), facts.get("reparsed"), facts.get("longer")):
        if told:
            sealed[told["id"]] = told["seal"]
check(True, f"the ledger is a chain; its head is {head}")
check(not HEADS or head == HEADS[0], "the head is the one that was published")
for version in versions:
    name, letter = f"version {version['number']}", version["letter"]
    check(
        digest(letter) == version["digest"],
        f"{name}: its words have the digest {version['digest']}",
    )
    seal = sha(compact([version[column] for column in SEALED]))
    check(
        sealed.get(version["id"]) == seal,
        f"{name}: the ledger sealed it, seen {version['seen_at']}",
    )
    files = [(f["digest"], f["content"]) for f in letter["attachments"] if f.get("content")]
    check(said.issuperset(files), f"{name}: its {len(files)} files say what the ledger says")
    served = held.get(version["snapshot_id"], [None])
    check(
        kept.keys() >= set(served),
        f"{name}: the page that the ledger names is there: {' '.join(map(str, served))}",
    )
    text = "".join(dense("".join(Text(decoded(kept[sha256])).parts)) for sha256 in served)
    missing = [b["text"] for b in letter["body"] if dense(b["text"]) not in text]
    check(not missing, f"{name}: the page says all that it says {missing[:1] or ''}")
