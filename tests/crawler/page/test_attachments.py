"""Which files of a page are the letter's, and what they are called."""

import pytest

from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import Form, Kind, Letter

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1074.html"
WORDS = (
    "赵小华委员：",
    "您提出的《关于建设停车场的建议》（第0501号）收悉。经研究，现答复如下：",
    "我委高度重视，认真研究办理，2022年共新增停车位718个，各项工作进展顺利。",
    "感谢您对我委工作的关心和支持！",
    "重庆市发展和改革委员会",
    "2022年6月7日",
)
TEXT = "".join(f"<p>{text}</p>" for text in WORDS)
TITLE = "关于市政协五届五次会议第0501号提案的复函"


def read(body: str, around: str = "") -> Letter:
    html = (
        f'<html><head><meta name="ArticleTitle" content="{TITLE}"></head><body>'
        f'<div class="main"><h1>{TITLE}</h1><div class="TRS_Editor">{body}</div>{around}</div></body>'
    )
    return read_page(Page(html, URL), Kind.PROPOSAL)


def link(href: str, text: str, more: str = "") -> str:
    return f'<a href="{href}" {more}>{text}</a>'


def named(letter: Letter) -> list[tuple[str, str]]:
    return [
        (each.name, each.url.removeprefix("http://gov.example")) for each in letter.attachments
    ]


INSIDE = [
    pytest.param(link("/up/a.docx", "办理情况表"), ("办理情况表", "/up/a.docx"), id="by its extension"),
    pytest.param(link("/down.jsp?i_ID=7", "办理情况表.docx"), ("办理情况表.docx", "/down.jsp?i_ID=7"), id="behind a script, named as a file"),
    pytest.param(link("/down.jsp?i_ID=7", "办理情况表"), ("办理情况表", "/down.jsp?i_ID=7"), id="behind a script that says down"),
    pytest.param(link("/download?id=9", "办理情况表"), ("办理情况表", "/download?id=9"), id="behind a path that says download"),
    pytest.param(link("/module/download/downfile.jsp?filename=22061.pdf", "办理情况表"), ("办理情况表", "/module/download/downfile.jsp?filename=22061.pdf"), id="named in the query"),
    pytest.param(link("/get?name=a.pdf&id=7", "办理情况表"), ("办理情况表", "/get?name=a.pdf&id=7"), id="named amid the query"),
    pytest.param(link("/upload/2022/?fileId=ab12", "办理情况表"), ("办理情况表", "/upload/2022/?fileId=ab12"), id="an id of a file"),
    pytest.param(link("attach.do?method=get&amp;aid=3", "情况表"), ("情况表", "/zwgk/tagk/202206/attach.do?method=get&aid=3"), id="attach.do"),
    pytest.param(link("/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=3", "情况表"), ("情况表", "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=3"), id="VSB"),
    pytest.param(link("/api/attachment/3fa85f64-5717", "情况表"), ("情况表", "/api/attachment/3fa85f64-5717"), id="an id in its path"),
    pytest.param(link("/d?fileId=7", "<img src='/icons/doc.gif'>") + link("/d?fileId=7", "情况表"), ("情况表", "/d?fileId=7"), id="its icon is a link too"),
    pytest.param("<table><tr><td>附件</td><td>" + link("/res/8a7b", "情况表") + "</td></tr></table>", ("情况表", "/res/8a7b"), id="beside the word 附件"),
    pytest.param(link("/res/8a7b", "附件1：办理情况表"), ("附件1：办理情况表", "/res/8a7b"), id="without an extension, named 附件1"),
    pytest.param(link("/res/8a7b", "情况表", 'download="情况表.xls"'), ("情况表", "/res/8a7b"), id="by its attribute"),
    pytest.param("<p>附件：1. " + link("/res/8a7b", "办理情况表") + "</p>", ("办理情况表", "/res/8a7b"), id="behind the word 附件"),
    pytest.param("<p>附件：</p><p>" + link("/res/8a7b", "办理情况表") + "</p>", ("办理情况表", "/res/8a7b"), id="under the word 附件"),
    pytest.param("<ul class='fj'><li>" + link("/res/8a7b", "办理情况表") + "</li></ul>", ("办理情况表", "/res/8a7b"), id="in a block of files"),
    pytest.param(link("/up/a.pdf;jsessionid=0A1B", "情况表"), ("情况表", "/up/a.pdf"), id="a session in its address"),
    pytest.param(link(".\\a.pdf", "情况表"), ("情况表", "/zwgk/tagk/202206/a.pdf"), id="backslashes"),
    pytest.param("<a href='javascript:;' onclick=\"window.open('/up/a.pdf')\">情况表</a>", ("情况表", "/up/a.pdf"), id="opened by a script"),
    pytest.param("<a onclick=\"download('a.docx')\">情况表</a>", ("情况表", "/zwgk/tagk/202206/a.docx"), id="without an address of its own"),
    pytest.param("<a href=\"javascript:down('/down.jsp?id=7')\">附件1：情况表</a>", ("附件1：情况表", "/down.jsp?id=7"), id="an address that is a script"),
    pytest.param("<a href='#' data-href='/up/a.pdf'>情况表</a>", ("情况表", "/up/a.pdf"), id="kept for a script"),
    pytest.param(link("/up/a.pdf", "附件.pdf（下载次数：12）"), ("附件.pdf", "/up/a.pdf"), id="a counter behind its name"),
    pytest.param(link("/up/a.pdf", "办理情况表 [已下载1,204次]"), ("办理情况表", "/up/a.pdf"), id="another counter"),
    pytest.param(link("/up/a.pdf", "附件.pdf (1.2MB)"), ("附件.pdf", "/up/a.pdf"), id="a size behind its name"),
    pytest.param("<p>办理情况表.docx " + link("/up/a.docx", "点击下载") + "</p>", ("办理情况表.docx", "/up/a.docx"), id="a button behind its name"),
    pytest.param(link("/up/a.docx", "下载", 'title="情况表.docx"'), ("情况表.docx", "/up/a.docx"), id="a button with a title"),
    pytest.param(link("/up/%E8%A1%A8.docx", ""), ("表.docx", "/up/%E8%A1%A8.docx"), id="no words at all"),
]  # fmt: skip


@pytest.mark.parametrize(("anchor", "file"), INSIDE)
def test_a_file_in_the_text_is_the_letters(anchor: str, file: tuple[str, str]) -> None:
    assert named(read(TEXT + f"<p>{anchor}</p>")) == [file]


@pytest.mark.parametrize(
    "line", [link("/up/a.pdf", "附件1.pdf（121KB）"), link("/up/a.pdf", "附件1.pdf") + " (1.2 MB)"]
)
@pytest.mark.parametrize("before", ["", "附件：", "附件：1."])
def test_a_line_that_names_a_file_and_its_size_is_no_text(line: str, before: str) -> None:
    assert read(TEXT + f"<p>{before}{line}</p>").body == read(TEXT).body


@pytest.mark.parametrize(
    "script", ["window.open('/zwgk/5.html')", "share('weixin', '/zwgk/')", "zoom('16px')"]
)
def test_a_script_that_leads_to_a_page_is_no_file(script: str) -> None:
    assert named(read(TEXT + f'<p><a href="javascript:;" onclick="{script}">查看</a></p>')) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param("<p>附件：" + link("./P020220617.htm", "任务分工表") + "</p>", "/zwgk/tagk/202206/P020220617.htm", id="beside the word 附件"),
        pytest.param("<p>附件：</p><p>1." + link("/up/2022/1.html", "任务分工表") + "</p>", "/up/2022/1.html", id="under the word 附件"),
        pytest.param(link("/up/plan.shtml", "附件1：任务分工表"), "/up/plan.shtml", id="called 附件"),
        pytest.param(link("/up/plan.html?v=2", "附件"), "/up/plan.html?v=2", id="with a version"),
    ],
)  # fmt: skip
def test_a_page_called_a_file_is_a_file_of_the_letter(text: str, path: str) -> None:
    assert [url for _, url in named(read(f"{TEXT}{text}"))] == [path]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("./t20220618_1075.html", "附件1：任务分工表"),
        ("/art/2022/6/17/art_8_9.html", "附件1：任务分工表"),
        ("/up/7.html", "附件：关于第0502号提案的复函"),
        ("/zwgk/tagk/index.html", "附件"),
        ("/zwgk/tagk/list_2.html", "附件"),
        ("http://other.example/up/7.html", "附件1：任务分工表"),
        ("/up/7.html", "任务分工表"),
    ],
)
def test_another_letter_a_channel_or_another_site_is_no_file(path: str, words: str) -> None:
    assert named(read(f"{TEXT}<p>{link(path, words)}</p>")) == []


def test_a_page_whose_address_is_like_the_letters_own_is_another_letter() -> None:
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><div>{TEXT}<p>附件：{{}}</p></div>"
    here = "http://gov.example/letters/0001.html"
    for path, files in (("0002.html", 0), ("0001_fj1.html", 1), ("/fj/0001.html", 1)):
        page = Page(html.format(link(path, "任务分工表")), here)
        assert len(read_page(page, Kind.PROPOSAL).attachments) == files, path


FILE = [("办理情况表", "/res?i=7")]
ANCHOR = link("/res?i=7", "办理情况表")


@pytest.mark.parametrize(
    ("around", "files"),
    [
        pytest.param(f"<div class='attachment_r'>{ANCHOR}</div>", FILE, id="by its class"),
        pytest.param(f"<ul class='fj'><li>{ANCHOR}</li></ul>", FILE, id="a list of class fj"),
        pytest.param(f"<div id='fjList'>{ANCHOR}</div>", FILE, id="by its id"),
        pytest.param(f"<div><h3>附件：</h3><ul><li>{ANCHOR}</li></ul></div>", FILE, id="under a heading"),
        pytest.param(f"<p>附件下载</p><p>{ANCHOR}</p>", FILE, id="a heading without an element of its own"),
        pytest.param(f"<dl><dt>【相关附件】</dt><dd>{ANCHOR}</dd></dl>", FILE, id="in brackets"),
        pytest.param(
            f"<div class='attachment'>{ANCHOR}{link('/c?i=8', 'PDF阅读器下载')}</div>", FILE,
            id="with a reader beside it",
        ),
        pytest.param(f"<div class='sidebar'><div class='attach'>{ANCHOR}</div></div>", [], id="of a sidebar"),
        pytest.param(f"<div class='footer'><h3>附件：</h3>{ANCHOR}</div>", [], id="of a footer"),
        pytest.param(f"<div class='related'><p>附件：</p>{ANCHOR}</div>", [], id="of related documents"),
        pytest.param(f"<div><h3>下载中心</h3>{link('/down.jsp?id=7', '表.doc')}</div>", [], id="under another heading"),
        pytest.param(f"<p>附件：</p><p>无</p><h3>相关解读</h3><p>{ANCHOR}</p>", [], id="behind the next heading"),
        pytest.param(
            f"<div class='attachment'>{link('/xw/t20220617_1.html', '通知')}{link('/', '首页')}</div>", [],
            id="pages, no files",
        ),
        pytest.param(f"<div class='attachment'>{link('javascript:void(0)', '表.doc')}</div>", [], id="a script"),
        pytest.param(link("/down.jsp?id=7", "办理情况表"), [], id="beside the text without a word"),
    ],
)  # fmt: skip
def test_a_file_beside_the_text_is_the_letters_where_a_block_says_so(
    around: str, files: list[tuple[str, str]]
) -> None:
    assert named(read(TEXT, around)) == files


@pytest.mark.parametrize(
    "anchor",
    [
        link("/xw/t20220617_1.html", "附件1：通知"),
        link("/zwgk/", "附件"),
        link("#fj", "附件1"),
        link("mailto:a@gov.example", "a.pdf"),
        link("/soft/AdbeRdr.zip", "Adobe Reader下载"),
        link("/download?id=3", "政务客户端下载"),
        link("/download?app=1", "下载APP"),
        link("/profile?id=3", "个人主页"),
        link("/search?q=a", "搜索"),
        link("/download/center", "下载中心"),
    ],
)
def test_what_only_looks_like_a_file_is_none(anchor: str) -> None:
    assert named(read(f"{TEXT}<p>{anchor}</p>")) == []


@pytest.mark.parametrize(
    ("body", "url"),
    [
        pytest.param("<p><img src='./W02022.jpg'></p>", "/zwgk/tagk/202206/W02022.jpg", id="a scan"),
        pytest.param("<p>（扫描件）</p><img src='a.png' width='800'>", "/zwgk/tagk/202206/a.png", id="a scan with a word"),
        pytest.param("<img src='blank.gif' data-original='/up/a.jpg'>", "/up/a.jpg", id="a scan that is loaded late"),
        pytest.param("<embed src='/up/a.pdf' type='application/pdf'>", "/up/a.pdf", id="embedded"),
        pytest.param("<object data='/up/a.pdf'></object>", "/up/a.pdf", id="an object"),
        pytest.param("<object><param name='src' value='/up/a.pdf'></object>", "/up/a.pdf", id="an object's parameter"),
        pytest.param("<iframe src='/up/a.pdf#toolbar=0'></iframe>", "/up/a.pdf", id="a frame"),
        pytest.param("<iframe src='/js/web/viewer.html?file=%2Fup%2Fa.pdf'></iframe>", "/up/a.pdf", id="a viewer"),
        pytest.param("<iframe src='/js/web/viewer.html?file=/down.jsp%3Fid%3D7'></iframe>", "/down.jsp?id=7", id="a viewer of a file behind a script"),
        pytest.param("<iframe src='/res/7' type='application/pdf'></iframe>", "/res/7", id="a frame that says its type"),
        pytest.param("<div id='pdf'></div><script>PDFObject.embed('/up/a.pdf', '#pdf')</script>", "/up/a.pdf", id="by a script"),
        pytest.param("<div class='pdf' data-url='/up/a.pdf'></div>", "/up/a.pdf", id="given to a script"),
    pytest.param("<input type='hidden' value='/up/a.pdf'>", "/up/a.pdf", id="in a hidden field"),
    pytest.param(link("/down.jsp?id=7", "关于第0501号提案的复函"), "/down.jsp?id=7", id="only a link"),
    ],
)  # fmt: skip
def test_a_letter_that_is_only_a_file_is_held_as_one(body: str, url: str) -> None:
    letter = read(body)
    assert [each for _, each in named(letter)] == [url]
    assert letter.form is Form.ATTACHMENT


def test_a_letter_that_is_only_a_file_has_the_fields_that_its_title_gives() -> None:
    title = "市水利局关于市政协五届五次会议第0501号提案（关于整修东干渠的提案）的复函"
    html = f"<meta name=ArticleTitle content='{title}'><div class='TRS_Editor'><p>{link('/up/a.pdf', '答复正文.pdf')}</p></div>"
    letter = read_page(Page(html, URL), Kind.PROPOSAL)
    assert letter.form is Form.ATTACHMENT
    said = letter.agency, letter.session, letter.number, letter.subject
    assert said == ("市水利局", "市政协五届五次会议", "0501", "关于整修东干渠的提案")
    assert (letter.addressees, letter.signed_on, letter.phone) == ((), None, None)


def test_a_letter_of_many_scans_holds_them_in_order() -> None:
    pages = "".join(f"<p><img src='/up/p{number}.jpg'></p>" for number in range(9))
    assert [url for _, url in named(read(pages))] == [f"/up/p{number}.jpg" for number in range(9)]


@pytest.mark.parametrize(
    "body",
    [
        "<img src='/images/icon_pdf.gif'>",
        "<img src='/images/ewm.png' alt='二维码'>",
        "<img src='/up/a.png' width='1' height='1'>",
        "<img src='/up/a.png' style='width:16px'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<div class='share'><img src='/up/a.png'></div>",
        "<img src='/js/ueditor/dialogs/attachment/fileTypeImages/x.png'>",
        "<p><img src='/up/a.gif'><a href='/xw/'>通知</a></p>",
        "<iframe src='/xw/list.html'></iframe>",
        "<iframe src='http://v.example/player?id=7'></iframe>",
    ],
)
def test_what_decorates_a_page_is_no_letter(body: str) -> None:
    assert named(read(body)) == []


def test_the_pictures_in_a_letter_that_has_its_words_are_no_files() -> None:
    assert named(read(TEXT + "<img src='/up/a.jpg'>")) == []


def test_a_pdf_that_is_shown_within_a_letter_is_its_file() -> None:
    assert named(read(TEXT + "<iframe src='/up/a.pdf'></iframe>")) == [("a.pdf", "/up/a.pdf")]
