"""The oddities of real letters: a lost date, a table, a record, a file in the text's place."""

from replica.document import Document, File
from replica.pdf import make_chinese_pdf


def make_odd(made: list[Document]) -> None:
    """Give some documents the oddities of real ones; each stands at a fixed place."""
    for place, change in _ODD.items():
        if place < len(made):
            change(made[place])


def _lose_date(each: Document) -> None:
    year, month, day = map(int, str(each.fields["signed_on"]).split("-"))
    bare = f"{year}{month}{day}"
    each.blocks = [
        (kind, bare if text == each.fields["signed_on_raw"] else text)
        for kind, text in each.blocks
    ]
    each.fields["signed_on_raw"] = bare


def progress_table(each: Document, invested: str) -> bytes:
    """Return the file that says how far the measures of a letter have come."""
    lines = (f"第{each.fields['number']}号提案办理情况表", f"本年度已完成投资{invested}亿元。")
    return make_chinese_pdf([lines])


def _attach(each: Document, *, scripted: bool) -> None:
    path = f"./P0{each.made_on}{each.docid}.pdf"
    content = progress_table(each, "718.4")
    each.files.append(
        File(f"附件：{each.fields['number']}号办理情况表.pdf", path, content, scripted)
    )


def _only_attach(each: Document) -> None:
    _attach(each, scripted=False)
    each.form = "attachment"
    each.blocks = []
    for name in ("addressees", "co_handlers"):
        each.fields[name] = []
    for name in (
        "subject",
        "reviewer",
        "postcode",
        "phone",
        "contact",
        "signed_on",
        "signed_on_raw",
    ):
        each.fields[name] = None


def _tabulate(each: Document) -> None:
    rows = "年度\t项目数\t投资（亿元）\n2021年\t12\t30.5\n2022年\t18\t46.2"
    each.blocks.insert(5, ("table", rows))


def _record(each: Document) -> None:
    fields = each.fields
    each.form = "record"
    each.title = str(fields["subject"])
    told = "、".join(fields["addressees"])
    partners = fields["co_handlers"]
    text = [block for block in each.blocks[3:-7] if block[0] == "paragraph"]
    each.blocks = [
        ("paragraph", f"{fields['number']}号提案"),
        ("paragraph", f"案 由：{fields['subject']}"),
        ("paragraph", f"提 案 人：{told}委员"),
        ("paragraph", "主办单位：市发展改革委"),
        ("paragraph", f"协办单位：{'、'.join(partners)}"),
        ("paragraph", "委员反馈：基本满意"),
        ("paragraph", "办复内容：" + text[0][1]),
        *text[1:],
    ]
    fields |= {"agency": "市发展改革委", "feedback": "基本满意", "session": None, "addressees": []}
    for name in ("reviewer", "postcode", "phone", "contact", "signed_on", "signed_on_raw"):
        fields[name] = None


def _in_gb18030(each: Document) -> None:
    each.charset, each.declared = "gb18030", "gb2312"
    each.blocks[3] = ("paragraph", each.blocks[3][1] + "㐂镕")


_ODD = {
    3: _lose_date,
    6: lambda each: _attach(each, scripted=False),
    9: lambda each: _attach(each, scripted=True),
    13: _only_attach,
    17: _tabulate,
    22: _record,
    23: _record,
    28: _in_gb18030,
}
