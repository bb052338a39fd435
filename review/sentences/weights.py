"""Why a change has its weight, as differ/weigh.py and crawler/record/change.py record it."""

from typing import Final

WEIGHTS: Final[dict[str, str]] = {
    "A promise changed": "承诺有改动",
    "A figure changed": "数字有改动",
    "A date changed": "日期有改动",
    "A name changed": "人名有改动",
    "A body or place changed": "机构或地名有改动",
    "A title changed": "标题有改动",
    "An attachment changed": "附件有改动",
    "A whole sentence came or went": "有整句增删",
    "Much of the wording changed": "措辞改动较多",
    "Only contact details changed": "只改动了联系方式",
    "The same words stand in another order": "文字相同，次序有变",
    "Only wording changed": "只改动了措辞",
    "Only punctuation or spacing changed": "只改动了标点或空格",
    "its page is no longer served": "页面不再提供",
    "the directory no longer lists it": "目录不再列出",
    "it is back": "恢复公开",
    "it moved, its words are the same": "网址变了，文字未变",
    "first seen after its source's directory had been read whole": "目录完整读取之后才公开",
    "it stood there when its source was first crawled": "首次抓取时已有",
    "The field {field:s} changed": "“{field}”有改动",
    # The detail of an edit.
    "weakened": "弱化",
    "strengthened": "加强",
    "postponed": "推迟",
    "advanced": "提前",
    "conditioned": "附加条件",
    "dropped": "取消",
    "added": "新增",
    "scanned": "扫描件，无文字",
    "unreadable": "文件无法读取",
    "too large": "文件过大，未读取",
    "rewritten": "内容全部改写",
    "pictures": "图片有变化",
}
