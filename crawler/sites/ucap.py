"""UCAP (开普), which gov.cn and Gansu run.

Pages: /xxgk/c100/202206/<hash or id>/content.shtml, content_123.htm
"""

import re

from crawler.sites.family import Family

UCAP = Family(
    name="ucap",
    page=re.compile(r"(?:^|/)content(?:_\d+)?\.s?html?$"),
    bodies=("#UCAP-CONTENT", "ucapcontent", ".pages_content", "#mainText"),
    titles=("ucaptitle", "h1", ".pages-title", ".share-title"),
    dates=(".pages-date", "publishtime", ".info"),
)
