"""What happens to the directory in each night, and the truth of it."""

from collections.abc import Callable
from typing import Any

from replica.compose import Directory
from replica.document import Document
from replica.odd import progress_table

STUB = '<meta http-equiv="refresh" content="0;URL=../" />'


def advance(directory: Directory) -> list[dict[str, Any]]:
    """Let a night pass and return what happened: the changes that a reader must be told.

    Each is {kind, path, edits}; an edit is {op, field, category, old, new}. What is
    withdrawn or delisted is certain only when later crawls confirm it.
    """
    directory.night += 1
    night = _NIGHTS.get(directory.night)
    happened = night(directory) if night else []
    directory.truths.extend(happened)
    return happened


def edit(each: Document, before: str, after: str, **told: Any) -> dict[str, Any]:
    """Change `before` to `after` in a letter and return the truth of it, `told` on top."""
    each.replace(before, after)
    truth = {"op": "replace", "field": "body", "old": before, "new": after} | told
    return {"kind": "edited", "path": each.path, "edits": [truth]}


def _first(directory: Directory) -> list[dict[str, Any]]:
    letters = [each for each in directory.documents if each.kind == "proposal" and not each.files]
    letters = [each for each in letters if each.form == "reply" and each.charset == "utf-8"]
    told: list[dict[str, Any]] = []
    for place, change in enumerate(_EDITS):
        told.append(change(letters[place * 3]))
    files = next(each for each in directory.documents if each.files and each.form == "reply")
    files.files[0].content = progress_table(files, "918.4")
    changed = {"op": "replace", "field": "attachments", "category": "figure"}
    changed |= {"old": "718.4", "new": "918.4"}
    told.append({"kind": "edited", "path": files.path, "edits": [changed]})
    return told + _leave(directory, letters[len(_EDITS) * 3 :])


def _leave(directory: Directory, rest: list[Document]) -> list[dict[str, Any]]:
    gone, stub, hidden, moved = rest[1], rest[3], rest[5], rest[7]
    gone.served, gone.is_listed = "gone", False
    stub.served, stub.is_listed = "stub", False
    hidden.is_listed = False
    new = _twin(moved, directory.documents[0].docid + 7)
    truth = edit(
        new,
        f"联系电话：{new.fields['phone']}",
        "联系电话：67570000",
        field="phone",
        category="contact",
    )
    truth["edits"][0] |= {"old": new.fields["phone"], "new": "67570000"}
    new.fields["phone"] = "67570000"
    moved.served, moved.is_listed = "gone", False
    directory.documents.insert(0, new)
    return [
        {"kind": "withdrawn", "path": gone.path, "edits": []},
        {"kind": "withdrawn", "path": stub.path, "edits": []},
        {"kind": "delisted", "path": hidden.path, "edits": []},
        truth | {"kind": "relocated"},
    ]


def _twin(each: Document, docid: int) -> Document:
    fields = dict(each.fields)
    return Document(
        docid=docid,
        made_on=each.made_on,
        listed_on=each.listed_on,
        kind=each.kind,
        form=each.form,
        title=each.title,
        fields=fields,
        blocks=list(each.blocks),
        container=each.container,
    )


def _third(directory: Directory) -> list[dict[str, Any]]:
    hidden = next(
        each for each in directory.documents if each.served == "page" and not each.is_listed
    )
    gone = next(
        each
        for each in directory.documents
        if {"kind": "withdrawn", "path": each.path, "edits": []} in directory.truths
    )
    gone.served, gone.is_listed, hidden.is_listed = "page", True, True
    truth = edit(
        gone, "每季度通报一次", "每半年通报一次", category="wording", old="季度", new="半年"
    )
    return [truth | {"kind": "restored"}, {"kind": "restored", "path": hidden.path, "edits": []}]


def _figure(each: Document) -> dict[str, Any]:
    text = next(text for _, text in each.blocks if "建设投资" in text)
    old = text.split("建设投资")[1].split("亿元")[0]
    new = f"{float(old) + 20:.1f}"
    truth = edit(each, f"建设投资{old}亿元", f"建设投资{new}亿元", category="figure")
    truth["edits"][0] |= {"old": old, "new": new}
    return truth


def _name(each: Document) -> dict[str, Any]:
    old = each.fields["reviewer"]
    new = old[:1] + ("明海" if old[1:] != "明海" else "立新")
    truth = edit(each, f"我委{old}主任", f"我委{new}主任", field="reviewer", category="name")
    truth["edits"][0] |= {"old": old, "new": new}
    each.fields["reviewer"] = new
    return truth


def _partner(each: Document) -> dict[str, Any]:
    old = each.fields["co_handlers"][0]
    new = "市国资委"
    truth = edit(each, f"经与{old}", f"经与{new}", field="co_handlers", category="organisation")
    truth["edits"][0] |= {"old": old, "new": new}
    each.fields["co_handlers"] = [new, *each.fields["co_handlers"][1:]]
    return truth


def _phone(each: Document) -> dict[str, Any]:
    old = each.fields["phone"]
    truth = edit(each, f"联系电话：{old}", "联系电话：67579999", field="phone", category="contact")
    truth["edits"][0] |= {"old": old, "new": "67579999"}
    each.fields["phone"] = "67579999"
    return truth


def _insert(each: Document) -> dict[str, Any]:
    added = "有关情况已向社会公布。"
    return edit(
        each,
        "每季度通报一次进展情况。",
        f"每季度通报一次进展情况。{added}",
        op="insert",
        category="wording",
        old=None,
        new=added,
    )


def _drop(each: Document) -> dict[str, Any]:
    place = next(i for i, (_, text) in enumerate(each.blocks) if text.startswith("（二）聚焦"))
    text = each.blocks.pop(place + 1)[1]
    each.state += 1
    truth = {"op": "delete", "field": "body", "category": "wording", "old": text, "new": None}
    return {"kind": "edited", "path": each.path, "edits": [truth]}


_EDITS: tuple[Callable[[Document], dict[str, Any]], ...] = (
    _figure,
    lambda each: edit(each, "2025年底前新增", "2027年底前新增", old="2025年", new="2027年",
                      category=("date", "commitment")),
    lambda each: edit(each, "将确保2025", "将力争2025", old="确保", new="力争",
                      category="commitment", detail="weakened"),
    _name,
    _partner,
    _phone,
    lambda each: edit(each, "如下：", "如下:", old="：", new=":", category="punctuation"),
    _insert,
    _drop,
)  # fmt: skip
_NIGHTS: dict[int, Callable[[Directory], list[dict[str, Any]]]] = {1: _first, 3: _third}
