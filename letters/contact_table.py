"""A table of contacts below a letter: 联系人 | 张三 | 电话 | 67571234."""

import re

_LABEL = re.compile(
    "(?:联系|经办|承办)人|(?:联系|办公)?电话|手机|传真|邮编|邮政编码|(?:电子)?邮箱|(?:联系|通讯)?地址|(?:联系|承办)(?:单位|科室|部门)"
)


def as_contacts(table: str) -> str | None:
    r"""Return a table as a line of contacts, each character in its place; None for another.

    In each of its rows every label is beside its value.

    >>> as_contacts("联系人\t王小明\t电话\t8123456")
    '联系人：王小明 电话：8123456'
    """
    rows = [row.split("\t") for row in table.split("\n")]
    labels = [cell.replace(" ", "") for row in rows for cell in row[::2]]
    if any(len(row) % 2 for row in rows) or not all(map(_LABEL.fullmatch, labels)):
        return None
    pairs = ((row[at : at + 2] for at in range(0, len(row), 2)) for row in rows)
    return " ".join(" ".join("：".join(pair) for pair in row) for row in pairs)
