"""Why a file was not kept, or its text not read."""

from typing import Final

FILE_TEXTS: Final[dict[str, str]] = {
    "not modified, it says, of what was never read": "称未修改，但从未读过",
    "a page stands in its place": "原处是网页",
    "a text stands in the place of a {kind} file": "{kind} 文件处是一段文字",
    "it holds more than is read": "内容超出所读的限度",
    "it can't be read within the limits of time and memory": "在时间和内存的限度内读不出",
    "nothing is drawn on its pages": "页面上什么也没有画",
    "it is broken": "已损坏",
    "it is broken: {why}": "已损坏：{why}",
    "it is broken: its pieces are not there": "已损坏：缺少组成部分",
    "it is broken: it has no end": "已损坏：没有结尾",
    "it is encrypted": "已加密",
    "it is of a kind that is not read": "是不读的类型",
    "it holds no document": "其中没有文档",
    "it names no document": "没有指明文档",
    "more than {most:d} characters": "超过 {most} 字",
    "more than {most:d} cells": "超过 {most} 个单元格",
    "more than {most:d} pages": "超过 {most} 页",
    "more than {most:d} bytes unpacked": "解压后超过 {most} 字节",
    "its package is broken: {why}": "其压缩包已损坏：{why}",
    "its {name} is broken: {why}": "其中 {name} 已损坏：{why}",
    "its {name} declares entities": "其中 {name} 声明了实体",
    "its page {page:d} is broken": "第 {page} 页已损坏",
    "its workbook is broken: {why}": "其工作簿已损坏：{why}",
    "its fonts do not say which characters they draw": "字体没有说明所画的是哪些字",
    "a file of it changed, its page: {why:s}": "其附件有变，而网页：{why}",
    "it changed, a second visit: {why:s}": "有变，再次查看：{why}",
    "two visits in a row disagree": "连续两次查看不一致",
    "a file of it changed, and its page is not served anew": "其附件有变，而网页未重新给出",
}
