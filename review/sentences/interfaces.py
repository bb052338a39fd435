"""What the interface of a directory answered, or why it was not asked."""

from typing import Final

INTERFACES: Final[dict[str, str]] = {
    "the interface {name} says it holds {total:d} rows, it lists {seen:d}": (
        "接口 {name} 自称共 {total} 条，却列出 {seen} 条"
    ),
    "the interface {name} answered without rows, and with rows behind them: {seen:d} were seen": (
        "接口 {name} 有答复没有条目，后面的却有：看到 {seen} 条"
    ),
    "the interface {name} says it holds {total:d} rows, {seen:d} were seen": (
        "接口 {name} 自称共 {total} 条，看到 {seen} 条"
    ),
    "the interface {name} counts {total:d} rows and {other:d}, {seen:d} were seen": (
        "接口 {name} 的计数一为 {total}，一为 {other}，看到 {seen} 条"
    ),
    "the interface {name} does not say where it ends, {read:d} answers were read": (
        "接口 {name} 没有说明到哪里为止，读了 {read} 个答复"
    ),
    "the interface {name}: the same rows again": "接口 {name}：又是同样的条目",
    "the interface {name}: the same rows again: {seen:d} were seen": (
        "接口 {name}：又是同样的条目：看到 {seen} 条"
    ),
    "the interface {name} lists nothing": "接口 {name} 什么也没有列出",
    "{rows:d} rows of the interface {name}": "接口 {name} 的 {rows} 条",
    "the page does not use the interface {name}, which the configuration names": (
        "网页没有使用配置所指的接口 {name}"
    ),
    "its page fills more lists of letters than the one that was read: {other}": (
        "网页还填充了未读的复函列表：{other}"
    ),
    "the interface {name}: {why:s}": "接口 {name}：{why}",
    "expected {what:s}, got {got:s}": "应为{what}，实为 {got}",
    "JSON of {what:s}": "{what}的 JSON",
    "XML of a datastore": "数据存储的 XML",
    "rows": "条目",
    "a list in {where:s}": "{where}中的列表",
    "NoneType there": "没有",
    "str there": "文字",
    "dict there": "对象",
    "int there": "整数",
    "float there": "数",
    "bool there": "真假值",
    "rows alone in {where:s}": "{where}中只有条目",
    "{what} among them": "其中有 {what}",
    "an error: without words": "错误：没有说明",
    "an error: {said}": "错误：{said}",
    "a search": "检索结果",
    "a column": "栏目",
    "a catalogue": "目录",
    "a part of a page": "网页局部",
    "a data store": "数据存储",
    "a page with ul#resources": "含 ul#resources 的网页",
    "{interface}, which is not the one that the configuration names": (
        "{interface}，不是配置所指的接口"
    ),
    "{interface}, of another site, which is not asked: {host}": (
        "{interface}，属于别的网站，未请求：{host}"
    ),
    "{interface}, without all that it is asked with": "{interface}，请求所需的参数不全",
}
