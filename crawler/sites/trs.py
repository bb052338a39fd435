"""TRS WCM (拓尔思), which most of *.cq.gov.cn, the ministries and provinces run.

Pages: /<channel>/YYYYMM/tYYYYMMDD_<docid>.html, the mobile twin with `_wap`. The editor
writes its own element round the body, whose classes come in many combinations
(`view TRS_UEDITOR trs_paper_default trs_word`): it is selected by one class, never by all.
"""

from crawler.sites.family import Family
from letters.urls import TRS_PAGE

_NOTHING_ELSE = (
    ":not(:has(h1, .tit, .zwxl-title, .zwxl-bar, .zwxl-font, .zwxl-article, .zcwjk-xlcon,"
    " .TRS_UEDITOR, .trs_editor_view, .TRS_Editor, .TRS_PreAppend))"
)

TRS = Family(
    name="trs",
    page=TRS_PAGE,
    bodies=(
        ".TRS_UEDITOR",
        ".trs_editor_view",
        ".TRS_Editor",
        ".TRS_PreAppend",
        ".zwxl-article",  # *.cq.gov.cn
        ".article_content",  # pingtan.gov.cn before 2023: paragraphs without an editor's element
        ".wrapper_detail_text",  # nea.gov.cn
        ".zcwjk-xlcon",  # fzggw.cq.gov.cn
        ".article-body",
        # The last resorts of *.cq.gov.cn, where they hold neither title and date nor, emptied, the
        # element of the body.
        f".zwxl-main{_NOTHING_ELSE}",
        f".yj3{_NOTHING_ELSE}",
    ),
    titles=(
        ".zwxl-title .tit",
        ".zwxl-title",
        ".article_title",
        ".wrapper_deatil_title",  # sic
        ".detail-article-title",
        "h1",
        "div.title",
    ),
    dates=(".zwxl-bar", ".article_time", ".wrapper_deatil_date", ".pubDate", ".info"),
    titled=False,  # 工作动态_重庆市文化和旅游发展委员会: the channel and the site
)
