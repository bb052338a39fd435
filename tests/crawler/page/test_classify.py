"""What a page is, before it is read."""

from datetime import UTC, datetime

import pytest

from crawler.http.decoding import UndecodableError, decode
from crawler.http.snapshot import Snapshot
from crawler.page.classify import classify
from crawler.page.reader import read_page
from letters.letter import Kind
from letters.visit_span import VisitOutcome

URL = "http://gov.example/zwgk/tagk/202206/t20220617_1074.html"
TEXT = (
    "<p>赵小华委员：</p><p>您提出的《关于建设停车场的建议》（第0501号）收悉。</p>"
    + "<p>我委高度重视，认真研究办理，各项工作进展顺利，成效明显。</p>" * 8
)


def page(body: str, *, head: str = "", around: str = "") -> str:
    return (
        f'<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="关于第0501号提案的复函">{head}</head>'
        f'<body>{around}<div class="view TRS_UEDITOR trs_paper_default">{body}</div></body></html>'
    )


def seen(
    body: str | bytes, status: int = 200, kind: str = "text/html", final: str = URL
) -> Snapshot:
    raw = body if isinstance(body, bytes) else body.encode()
    at = datetime(2026, 11, 24, 4, tzinfo=UTC)
    return Snapshot(URL, final, status, {"content-type": kind}, raw, at)


LETTERS = {
    "a letter": page(TEXT),
    "a letter whose page speaks of maintenance in a script": page(
        TEXT, head="<script>var tip='系统维护中，请登录后稍后再试，页面不存在';</script>"
    ),
    "a letter that speaks of a page that does not exist": page(
        TEXT + "<p>您反映的网站页面不存在等问题已整改，系统维护工作已完成。</p>"
    ),
    "a letter with a search field for a password": page(TEXT, around="<input type=password>"),
    "a short letter that speaks of a site's upkeep": page(
        "<p>赵小华委员：</p><p>您提出的《关于加快社区服务网站升级的建议》收悉，平台验证码、用户统一认证"
        "等问题已于5月整改到位，感谢您对我们工作的支持。</p>"
    ),
    "a letter that lost its text, amid words of the chrome": page(
        "", around="<div>用户登录 注册 网站维护：办公室 输入验证码 <input type=password></div>"
    ),
    "a letter that speaks of what a price in dollars buys": page(
        TEXT + "<p>总投资$12.5万(约合人民币90万元)，US$3。</p>"
    ),
    "a letter that speaks of a template's code": page(
        TEXT + "<p>系统模板中的 {{ name }} 占位符未被替换、页面显示“${title}”的问题已修复。</p>"
    ),
    "a letter on a page whose template leaks around it": page(
        TEXT, around='<div class="path">$pageHelpBean.getColumnNavPath(true)</div>{{ user.name }}'
    ),
    "a letter that lost its text, beside a notice that nobody sees": page(
        "", around='<div style="display:none">对不起，该信息已被删除！</div>'
    ),
    "a letter that lost its text behind a firewall that marks each page": page(
        "<p>赵小华委员：</p>", head="<script>$_ts=window['$_ts'];</script>"
    ),
}


@pytest.mark.parametrize("case", LETTERS)
def test_a_letters_page_is_a_letter(case: str) -> None:
    assert classify(seen(LETTERS[case])).outcome is VisitOutcome.LETTER


REFRESH = '<html><head><meta http-equiv="refresh" content="0;url=/"></head></html>'
NOTICE = "<html><body><div>{}</div></body></html>"
OTHERS = [
    # what came, outcome, words of the reason
    *[
        (seen(NOTICE.format(words)), VisitOutcome.GONE, "sorry")
        for words in (
            "抱歉，该信息已被移除", "很抱歉，您要访问的页面已失效", "页面走丢了", "Object not found",
            "404 - 找不到文件或目录。", "对不起，没有找到您要的页面", "该稿件已撤稿", "<h1>404</h1>",
        )
    ],
    *[
        (seen(NOTICE.format(words)), VisitOutcome.BROKEN, "notice")
        for words in (
            "网站升级改造中，部分页面暂时无法找到", "因系统维护，您访问的页面暂时不存在，请稍后访问",
            "数据库连接失败，内容暂不存在", "该页面已被篡改，已被删除并正在恢复", "502 Bad Gateway",
        )
    ],
    *[
        (seen(NOTICE.format(words)), VisitOutcome.BLOCKED, kind)
        for words, kind in (
            ("您尚未登录，内容不存在或无权查看", "login"),
            ("您访问过于频繁，页面信息已被删除缓存，请输入验证码", "firewall"),
            ("网站防火墙：您访问的页面含有非法内容，已被删除", "firewall"),
        )
    ],
    (seen(page("<p>正文加载中，请稍候……</p>")), VisitOutcome.BROKEN, "notice"),
    (seen(REFRESH.replace(";url=/", "")), VisitOutcome.BROKEN, "refresh"),
    (seen(REFRESH.replace("url=/", "url=/login?back=x")), VisitOutcome.BLOCKED, "refresh"),
    (seen(REFRESH.replace("url=/", "url=/weihu.html")), VisitOutcome.BROKEN, "refresh"),
    (seen(REFRESH.replace("url=/", "url=../202301/t20230101_2.html")), VisitOutcome.GONE, "refresh"),
    (seen(REFRESH.replace("url=/", "url=../")), VisitOutcome.GONE, "refresh"),
    (seen(REFRESH.replace("url=/", "url=/a.html?security_verify_data=1")), VisitOutcome.BLOCKED, "challenge"),
    (seen(REFRESH + "系统繁忙，请稍后再试"), VisitOutcome.BROKEN, "notice"),
    (seen(NOTICE.format("请稍后访问"), final="http://gov.example/weihu.html"), VisitOutcome.BROKEN, "weihu"),
    (seen(NOTICE.format(""), final="http://gov.example/verify/captcha.html"), VisitOutcome.BLOCKED, "captcha"),
    (seen(NOTICE.format("页面不存在"), final="http://gov.example/a/sorry.html"), VisitOutcome.GONE, "sorry.html"),
    (seen("", 404), VisitOutcome.GONE, "404"),
    (seen(NOTICE.format("请登录 您访问的页面不存在"), 404), VisitOutcome.GONE, "404"),
    (seen(NOTICE.format("您的请求疑似攻击，访问已被拦截"), 404), VisitOutcome.BLOCKED, "404, a firewall"),
    (seen("", 404, final="http://gov.example/login.html?back=x"), VisitOutcome.BLOCKED, "login.html"),
    (seen(page("<p>您好，该内容需要登录后查看。</p>")), VisitOutcome.BLOCKED, "a login"),
    (seen(page("<p>请输入口令</p><form>口令<input type=password></form>")), VisitOutcome.BLOCKED, "a login"),
    (seen("", 410), VisitOutcome.GONE, "410"),
    (seen(REFRESH), VisitOutcome.GONE, "refresh"),
    (seen(NOTICE.format("您访问的页面不存在或已删除")), VisitOutcome.GONE, "sorry"),
    (seen(NOTICE.format("该文章已下线")), VisitOutcome.GONE, "sorry"),
    (seen(page(TEXT), final="http://gov.example/"), VisitOutcome.GONE, "redirected"),
    (seen(page(TEXT), final="http://gov.example/zwgk/tagk/"), VisitOutcome.GONE, "redirected"),
    (seen(page(TEXT), final="http://gov.example/login?back=1"), VisitOutcome.BLOCKED, "login"),
    (seen(page(TEXT), final="http://evil.example/"), VisitOutcome.UNREACHED, "another site"),
    *[(seen("", status), VisitOutcome.BLOCKED, str(status)) for status in (202, 403, 412, 429, 521)],
    *[(seen("", status), VisitOutcome.BROKEN, str(status)) for status in (500, 502, 503)],
    (seen("<script>document.cookie='__jsl_clearance=1'</script>"), VisitOutcome.BLOCKED, "challenge"),
    (seen("<html><script>$_ts=window['$_ts'];</script></html>"), VisitOutcome.BLOCKED, "challenge"),
    (seen("<html><script>window.location='/?key=mqo82';</script><a href='/'>如果您的页面没有自动跳转，请点击这里</a>"), VisitOutcome.BLOCKED, "leads elsewhere"),
    (seen(page(TEXT + "<p>$pageHelpBean.getColumnNavPath(true)</p>")), VisitOutcome.BROKEN, "template code"),
    (seen(page("<p>{{ article.body }}</p>")), VisitOutcome.BROKEN, "template code"),
    *[
        (seen(page("<p>&nbsp;</p>", around=f"<div class=path>您当前的位置：{code}</div>")), VisitOutcome.BROKEN, "template code on its page")
        for code in (
            '$pageHelpBean.getColumnNavPath(" > ",true,"",1)', "$!{nav.path}", "&lt;%=nav%>", "<%= nav %>", "<#list navs as nav>",
            "{{ nav.path }}", "{$nav}", "{dede:field.position/}", "#foreach($n in $navs)", "undefined",
        )
    ],
    (seen(page("正文", around="<p hidden>$a.b(1)</p><p>$page.getPath(2)</p>")), VisitOutcome.BROKEN, "its page: $page.getPath(2)"),
    (seen(page("<p>正文：$!{article.body}</p>")), VisitOutcome.BROKEN, "template code in its text"),
    (seen(page("<p>null</p>")), VisitOutcome.BROKEN, "template code in its text"),
    (seen(page(TEXT + "<p>java.lang.NullPointerException at org.x.Show(Show.java:12)</p>")), VisitOutcome.BROKEN, "template code in its text"),
    (seen(page(TEXT + "<p>联系人：undefined，电话：undefined</p>")), VisitOutcome.BROKEN, "template code in its text"),
    (seen(page(TEXT + "<table><tr><td>年度</td><td>数</td></tr><tr><td>2021</td><td>{{ row.n }}</td></tr></table>")), VisitOutcome.BROKEN, "template code in its text"),
    (seen(page(TEXT).replace("关于第0501号提案的复函", "$!{doc.title}")), VisitOutcome.BROKEN, "template code in its title"),
    (seen(page(TEXT).replace("关于第0501号提案的复函", "undefined")), VisitOutcome.BROKEN, "template code in its title"),
    *[
        (seen(page("", around=f"<p class=tip>{words}</p>")), VisitOutcome.GONE, "sorry")
        for words in ("对不起，该信息已被撤回！", "该复函已撤回", "此答复已下架。", "本文已删除")
    ],
    (seen(page("<p>该信息已撤回</p>")), VisitOutcome.GONE, "sorry"),
    (seen(NOTICE.format("您的访问已被拦截")), VisitOutcome.BLOCKED, "firewall"),
    (seen(NOTICE.format("请先登录后查看")), VisitOutcome.BLOCKED, "login"),
    (seen(NOTICE.format("系统正在维护，请稍后访问")), VisitOutcome.BROKEN, "notice"),
    (seen(NOTICE.format("本站域名变更通知")), VisitOutcome.BROKEN, "notice"),
    (seen(page("<p>系统正在维护，请稍后访问。</p>")), VisitOutcome.BROKEN, "notice"),
    (seen(page("<p>对不起，该信息已被删除！</p>")), VisitOutcome.GONE, "sorry"),
    (seen(""), VisitOutcome.BROKEN, "empty"),
    (seen(b"%PDF-1.4", kind="application/pdf"), VisitOutcome.BROKEN, "application/pdf"),
    (seen("<html><body><ul><li>" + "最新公开信息" * 200 + "</li></ul></body></html>"), VisitOutcome.BROKEN, "body container"),
    (seen(page(TEXT + "<p>损\ufffd坏</p>")), VisitOutcome.BROKEN, "replacement"),
    (seen(page(TEXT).encode() + b"\xff\xfe\xff"), VisitOutcome.BROKEN, "undecodable"),
    (seen(page(TEXT).encode() + "答".encode()[:2]), VisitOutcome.BROKEN, "truncated"),
    (seen(page(TEXT).encode("gbk") + "答".encode("gbk")[:1]), VisitOutcome.BROKEN, "truncated"),
]  # fmt: skip


@pytest.mark.parametrize(("snapshot", "outcome", "words"), OTHERS)
def test_what_is_no_letter_is_named(snapshot: Snapshot, outcome: VisitOutcome, words: str) -> None:
    verdict = classify(snapshot)
    assert verdict.outcome is outcome, verdict.reason
    assert words in (verdict.reason or "")
    assert verdict.page is None


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "GB18030", "x-gbk"])
def test_a_chinese_label_covers_all_chinese_bytes(charset: str) -> None:
    text = "翟曌委员：您的建议收悉，𠮷是的。"
    assert decode(text.encode("gb18030"), f"text/html; charset={charset}") == text
    assert decode(f'<meta charset="{charset}">{text}'.encode("gb18030"), "").endswith(text)


def test_a_wrong_label_does_not_spoil_a_page() -> None:
    text = "<p>这是我委的答复，2022年办理。</p>"
    assert decode(text.encode(), "text/html; charset=gb2312") == text
    assert decode(text.encode("gbk"), "text/html; charset=utf-8") == text


@pytest.mark.parametrize("told", ["base64", "rot13", "undefined", "idna", "punycode", "nonsense"])
def test_a_label_that_is_no_charset_is_passed_over(told: str) -> None:
    text = "<p>这是我委的答复，2022年办理。</p>"
    assert decode(text.encode(), f"text/html; charset={told}") == text


def test_no_character_is_ever_replaced() -> None:
    with pytest.raises(UndecodableError):
        decode(b"\xff\xff\x80abc", "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "line",
    ["今天是2026年11月24日 星期二", "当前时间：2026-11-24 10:23:36", "2026年11月24日，星期二"],
)
def test_the_day_of_the_visit_in_the_text_is_the_templates_own(line: str) -> None:
    plain = classify(seen(page(TEXT))).page
    dated = classify(seen(page(f"<p>{line}</p>{TEXT}"))).page
    assert plain
    assert dated
    assert read_page(dated, Kind.PROPOSAL).digest() == read_page(plain, Kind.PROPOSAL).digest()


@pytest.mark.parametrize("line", ["2022年6月7日", "截至今天是2026年11月24日的数据"])
def test_a_date_that_may_be_the_letters_own_is_kept(line: str) -> None:
    dated = classify(seen(page(f"{TEXT}<p>{line}</p>"))).page
    assert dated
    assert read_page(dated, Kind.PROPOSAL).wording().endswith(line)


@pytest.mark.parametrize(
    "told", ["iso-8859-1", "windows-1252", "gbk", "big5", "utf-16", "shift_jis"]
)
def test_a_charset_that_is_told_and_reads_like_no_chinese_is_not_believed(told: str) -> None:
    mistold = seen(page(TEXT), kind=f"text/html; charset={told}")
    right = classify(seen(page(TEXT))).page
    wrong = classify(mistold).page
    assert right
    assert wrong
    assert read_page(wrong, Kind.PROPOSAL).digest() == read_page(right, Kind.PROPOSAL).digest()
