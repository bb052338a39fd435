"""Hanweb jcms (大汉), which Zhejiang and Jiangsu run.

Pages: /art/2016/11/22/art_1621004_30332664.html
"""

import re

from crawler.sites.family import Family

JCMS = Family(
    name="jcms",
    page=re.compile(r"(?:^|/)art_\d+_\d+\.html?$"),
    bodies=("#zoom", ".article-content", ".main-txt"),
    titles=(".con-title", ".article-title", "h1"),
    dates=(".small-title", ".article-info"),
)
