"""Families that a source may run instead of TRS."""

import re

from crawler.sites.family import Family

# Hanweb jcms (大汉), Zhejiang and Jiangsu: /art/2016/11/22/art_1621004_30332664.html
JCMS = Family(
    name="jcms",
    page=re.compile(r"(?:^|/)art_\d+_\d+\.html?$"),
    bodies=("#zoom", ".article-content", ".main-txt"),
    titles=(".con-title", ".article-title", "h1"),
    dates=(".small-title", ".article-info"),
)

# UCAP (开普), gov.cn and Gansu: /xxgk/c100/202206/<hash or id>/content.shtml, content_123.htm
UCAP = Family(
    name="ucap",
    page=re.compile(r"(?:^|/)content(?:_\d+)?\.s?html?$"),
    bodies=("#UCAP-CONTENT", "ucapcontent", ".pages_content", "#mainText"),
    titles=("ucaptitle", "h1", ".pages-title", ".share-title"),
    dates=(".pages-date", "publishtime", ".info"),
)
