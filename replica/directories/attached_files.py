"""Files that letters bring, of each format that is read: a table of how far the measures are."""

from collections.abc import Callable, Sequence

from replica.document import Document, File
from replica.office_files import doc, docx, ofd, paragraph, xlsx
from replica.pdf import make_chinese_pdf

FILES: dict[str, Callable[[Sequence[str]], bytes]] = {
    "pdf": lambda lines: make_chinese_pdf([lines]),
    "docx": lambda lines: docx(*map(paragraph, lines)),
    "xlsx": lambda lines: xlsx({"办理情况": [[line] for line in lines]}),
    "doc": lambda lines: doc("\r".join(lines)),
    "ofd": ofd,
}


def lines_of(each: Document) -> tuple[str, str]:
    """Return what the file of a letter says."""
    return f"第{each.fields['number']}号提案办理情况表", "本年度已完成投资718.4亿元。"


def attach(each: Document, kind: str) -> None:
    """Give a letter a file of a kind."""
    name = f"{each.fields['number']}号办理情况表.{kind}"
    path = f"/uploads/{each.docid}.{kind}"
    each.files.append(File(name, path, FILES[kind](lines_of(each))))
