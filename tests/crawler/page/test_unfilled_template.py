"""What a page shows where its template was not filled, and what only looks like it."""

import pytest

from crawler.page.unfilled_template import is_wordless, template_code, template_code_in_place

CODE = {
    "Velocity, called": '$pageHelpBean.getColumnNavPath(" > ",true)',
    "Velocity, a field": "$article.title",
    "Velocity, quiet": "$!article.body",
    "Velocity, a name alone": "$content",
    "Velocity, in braces": "$!{doc.title}",
    "Velocity, a directive": "#foreach( $row in $rows )",
    "JSP, an expression": "${article.content}",
    "JSP": "<%= article.getTitle() %>",
    "JSP, a directive": '<%@ page language="java" %>',
    "ASP": "<% Response.Write title %>",
    "FreeMarker": "<#if article??>",
    "FreeMarker, a macro": "<@cms_content channel='jyta'>",
    "Thymeleaf": "[[${article.title}]]",
    "Vue": "{{ article.body }}",
    "Vue, a filter": "{{ item.time | formatDate }}",
    "Handlebars": "{{#each rows}}",
    "Django": "{% block content %}",
    "ThinkPHP": "{$vo.title}",
    "DedeCMS": "{dede:field.body/}",
    "PHPCMS": "{pc:content action='lists'}",
    "EmpireCMS": "[!--newstext--]",
    "ColdFusion": "#article.title#",
    "JavaScript, nothing": "undefined",
    "JavaScript, null": "null",
    "JavaScript, no number": "NaN",
    "JavaScript, an object": "[object Object]",
    "Java": "java.lang.NullPointerException: null",
    "Java, of a library": "org.apache.jasper.JasperException: /zwgk/show.jsp",
    "PHP": "Warning: mysql_connect(): Access denied in /www/show.php on line 12",
    "Python": "Traceback (most recent call last):",
    ".NET": "“/”应用程序中的服务器错误。",
    ".NET, in English": "Server Error in '/' Application.",
    ".NET, a null": "未将对象引用设置到对象的实例。",
    "a database": "ORA-01017: invalid username/password",
    "Tomcat": "HTTP Status 500 – Internal Server Error",
}
NO_CODE = [
    "投资$12.5万，US$3 million，$1.2(约合8元)，A$20",
    "“{{name}}”与“${title}”等模板变量未被替换的问题已整改，“<%”亦然。",
    "占比5%>3%，A<B，#3楼，第#2号，#停车难#话题，C#语言",
    "系统（ETC、undefinedX、nullable、NaNo）运行正常。",
    "详见《{附件}》[1]，[!]注意",
    "com.cn域名、org.cn域名与java课程",
]


@pytest.mark.parametrize("code", CODE.values(), ids=CODE)
def test_code_of_a_template_that_stands_in_a_lines_place_is_no_word(code: str) -> None:
    assert template_code(f"您当前的位置：{code} 首页")
    assert template_code_in_place([code])
    assert template_code_in_place(["我委高度重视。", f"正文：{code}"])
    assert template_code_in_place([f"联系人：{code}，电话：{code}"])


@pytest.mark.parametrize("text", NO_CODE)
def test_what_only_looks_like_code_is_a_letters_own(text: str) -> None:
    assert template_code(text) == frozenset()
    assert template_code_in_place([text]) is None


@pytest.mark.parametrize(
    "line",
    [
        "系统模板中的 {{ name }} 占位符未被替换的问题已修复。",
        "您反映的页面显示$title一事，我委已督促整改，感谢监督。",
        "页面上的undefined字样已经清除，并建立了巡查机制。",
    ],
)
def test_code_amid_a_sentence_is_spoken_of(line: str) -> None:
    assert template_code(line)
    assert template_code_in_place([line]) is None


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "……", "-", "\u3000。\n", "\ue003", "正文", "【正文】", "暂无内容", "暂无内容！", "无", "暂无",
        "暂无相关信息", "（无）", "内容", "N/A", "none", "----------------------------",
    ],
)  # fmt: skip
def test_a_text_without_a_word_or_of_a_placeholder_alone_says_nothing(text: str) -> None:
    assert is_wordless(text)


@pytest.mark.parametrize(
    "text",
    [
        "无异议。",
        "此件不公开",
        "同意",
        "已办",
        "正文见附件",
        "2022",
        "A",
        "该信息已撤回",
        "暂无计划",
    ],
)
def test_the_fewest_words_say_something(text: str) -> None:
    assert not is_wordless(text)
