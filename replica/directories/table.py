"""The composed directories: a line for each, of parts that stand in the tables beside."""

from replica.directories.composed_directory import ComposedDirectory, Expected

_D, _PARTIAL, _REFUSED = ComposedDirectory, Expected.PARTIAL, Expected.REFUSED
_NAVIGATION = ("navigation", "breadcrumbs")

DIRECTORIES: dict[str, ComposedDirectory] = {
    each.name: each
    for each in (
        # Pages that lead on, each in a form of address, a layout and a template of its own.
        _D("trs", "TRS", "createPageHTML", "TRS", before=_NAVIGATION, after=("links to friends",)),
        _D("trs-total", "TRS without a date", "createPage and a total", "TRS", "terms"),
        _D("trs-trail", "gkmlpt", "a hidden trail", "title_far_above", "table"),
        _D("jcms", "jcms", "next and last", "jcms", "table", before=_NAVIGATION),
        _D(
            "jcms-pages", "art and hex", "?page=", "jcms", "divisions", after=("links to friends",)
        ),
        _D("ucap", "UCAP", "createPageHTML of UCAP", "UCAP", before=("years",)),
        _D("ucap-names", "content without an extension", "numbers", "UCAP", "paragraphs"),
        _D("vsb", "VSB", "counting down", "VSB", "ids of their own", before=_NAVIGATION),
        _D("vsb-query", "VSB by query", "next alone", "VSB", "two links", file="docx"),
        _D(
            "plain",
            "plain",
            "none",
            "heading_and_box",
            "cut titles",
            ("navigation without a name",),
        ),
        _D("jhtml", "jhtml", "onclick", "two_columns", "the channel before the title"),
        _D("days", "a day between", "options", "by_id", "a mark in some rows", file="pdf"),
        _D("years", "year and day", "location.href", "breaks", "divisions", before=("years",)),
        _D("hyphen", "content and hyphen", "rel=next", "bare_breaks", "links alone"),
        _D("capitals", "Content in capitals", "offsets", "layout_tables", "table", file="doc"),
        _D("article", "article", "folders", "divs_in_a_row", "list", file="xlsx"),
        _D("view", "view", "data-url", "plain_divs_in_a_row", "paragraphs"),
        _D("dochtml", "DocHtml", "laypage", "paragraphs_beside_the_title", file="ofd"),
        _D("public", "public", "next and last", "nested_boxes", "two links", file="pdf"),
        _D("digits", "nineteen digits at the top", "createPageHTML", "article_element", "terms"),
        _D("uuid-days", "uuid below a day", "numbers", "centred_title_in_the_text", "table"),
        _D("uuid", "uuid", "?page=", "two_columns", before=("channels in folders",)),
        _D("hex-months", "32 hex below a month", "next and last", "by_id", "cut titles"),
        _D("hex", "doc and hex", "options", "article_element", after=("news in a list",)),
        _D("query", "a query", "?page=", "heading_and_box", "table", before=_NAVIGATION),
        _D("query-here", "a query on the same page", "offsets", "nested_boxes"),
        _D("static-query", "a static page with a query", "next alone", "breaks", "links alone"),
        _D("folder", "a folder", "folders", "two_columns", "paragraphs"),
        _D("words", "words", "rel=next", "by_id", "a mark in some rows"),
        # Charsets.
        _D("gbk", "plain", "next and last", "layout_tables", "table", charset="gbk"),
        _D("gb2312", "TRS", "createPageHTML", "TRS", charset="gb18030 as gb2312"),
        _D("mark", "view", "numbers", "VSB", charset="utf-8 with a mark"),
        # What is beside the rows, and looks like them.
        _D("news", "VSB", template="VSB", after=("more news than rows", "links to friends")),
        _D("hot", "view", template="by_id", after=("hot papers by their heading",)),
        _D("hot-class", "a folder", template="two_columns", after=("hot papers",)),
        _D("files", "uuid", template="breaks", layout="table", after=("an index of files",)),
        _D("neighbour", "words", template="breaks", after=("a neighbour channel",)),
        _D("channels", "a query", template="jcms", before=("channels of proposals",)),
        # Pages that a posted form asks for.
        _D("form", "plain", "a form and gotoPage", "jcms", "table", before=_NAVIGATION),
        _D("form-nought", "uuid", "a form that counts from nought", layout="divisions"),
        _D("form-link", "a query", "a form in the script of a link", "by_id"),
        _D("form-box", "TRS", "a form and a box to jump from", "TRS", charset="gbk"),
        _D("form-choice", "view", "a form and a choice", "nested_boxes", "paragraphs"),
        _D("form-buttons", "words", "buttons with numbers", "two_columns"),
        _D("form-next", "a folder", "a form that leads to the next page", "breaks"),
        _D("form-search", "jhtml", "a form that searches too", "VSB", charset="gb18030 as gb2312"),
        _D("form-always", "article", "a form that always leads on", "UCAP"),
        _D("form-address", "uuid below a day", "a form by its address", "divs_in_a_row"),
        _D("grid-view", "a query", "GridView", "layout_tables", "table"),
        _D("asp-net-pager", "art and hex", "AspNetPager", "article_element", file="pdf"),
        _D("link-button", "doc and hex", "a link button", "two_columns", letters=30),
        # Titles that are the papers' subjects.
        _D("subjects", "view", "numbers", "two_columns", is_titled_by_subject=True),
        _D(
            "subject",
            "jhtml",
            template="TRS",
            after=("a neighbour channel",),
            is_titled_by_subject=True,
        ),
        # Interfaces.
        _D("jpaas", "TRS", interface="jpaas", template="TRS", file="docx"),
        _D("dataproxy", "jcms", interface="jcms-dataproxy", template="jcms", before=_NAVIGATION),
        _D("nextgroup", "art and hex", interface="jcms-nextgroup", template="jcms", letters=20),
        _D("ucap-search", "UCAP", interface="ucap-search", template="UCAP", before=("years",)),
        _D("gkmlpt", "gkmlpt", interface="gkmlpt", template="article_element", file="pdf"),
        _D("fujian", "TRS", interface="fujian", template="TRS", letters=20),
        _D("truecms", "uuid", interface="truecms", template="nested_boxes", letters=20),
        _D("hefei", "public", interface="hefei", template="layout_tables", before=_NAVIGATION),
        _D("zhangzhou", "a query", interface="zhangzhou", template="by_id", letters=20),
        # Nothing says where the next page is: read in part, with the sign of it.
        _D("go-page", "TRS", "goPage alone", expected=_PARTIAL, sign="共3页"),
        _D("postback", "a query", "postback", expected=_PARTIAL, sign="__doPostBack"),
        _D("form-ignored", pager="a form that is ignored", expected=_PARTIAL, sign="nothing new"),
        _D("form-broken", pager="a form that breaks", expected=_PARTIAL, sign="HTTP 500"),
        _D("form-refused", pager="a form that is refused", expected=_PARTIAL, sign="nothing new"),
        _D(
            "form-lie",
            pager="a form that counts too many",
            expected=_PARTIAL,
            sign="nothing new",
            lists_all=True,
        ),
        _D("form-elsewhere", pager="a form of another site", expected=_PARTIAL, sign="gotoPage"),
        _D("form-captcha", pager="a form with a captcha", expected=_PARTIAL, sign="gotoPage"),
        _D(
            "form-password", pager="a form with a password", expected=_PARTIAL, sign="__doPostBack"
        ),
        _D("state-rejected", pager="a state that is rejected", expected=_PARTIAL, sign="HTTP 500"),
        _D("load-more", "uuid", "load more", "VSB", expected=_PARTIAL, sign="加载更多"),
        _D("scrolling", "view", "scrolling", "breaks", expected=_PARTIAL, sign="$.get"),
        _D("count", "jhtml", "a count of letters", expected=_PARTIAL, sign="it says it holds"),
        _D("pages", "a folder", "a count of pages", expected=_PARTIAL, sign="3 pages, 1 were"),
        _D("sixteen", pager="maxPageNum", letters=80, expected=_PARTIAL, sign="maxPageNum = 16"),
        # No directory, or one that may not be read.
        _D("script", page="an unknown script", expected=_REFUSED, sign="/opendata/rows.do"),
        _D("hub", page="a hub", expected=_REFUSED, sign="hub"),
        _D("fragments", page="fragments for addresses", expected=_REFUSED, sign="no rows"),
        _D("calls", page="calls for addresses", expected=_REFUSED, sign="no rows"),
        _D("challenge", page="a challenge", expected=_REFUSED, sign="challenge"),
        _D("login", page="a login", expected=_REFUSED, sign="login"),
        _D("no-papers", page="news", expected=_REFUSED, sign="none of the 10 letters"),
        _D("robots", robots="User-agent: *\nDisallow: /zwgk/\n", expected=_REFUSED, sign="robots"),
    )
}
