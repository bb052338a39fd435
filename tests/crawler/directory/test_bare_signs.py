"""Signs of more that their place or their attributes tell alone: a script elsewhere acts on them."""

import pytest

from tests.crawler.directory.composed import walked_with_rows as walked

NUMBERS = {
    "spans in a box": "<div><span>1</span><span>2</span><span>3</span></div>",
    "spans in a box called otherwise": "<div class='x9'><i class='on'>1</i><i>2</i><i>3</i></div>",
    "links without an address": "<div><a class='cur'>1</a><a>2</a><a>3</a></div>",
    "items of a list": "<ul><li>1</li><li>2</li><li>3</li></ul>",
    "links in items": "<ul><li><a>1</a></li><li><a>2</a></li><li><a>3</a></li></ul>",
    "divisions": "<div><div>1</div><div>2</div><div>3</div></div>",
    "in bold, with the last": "<p><b>1</b><b>2</b><b>3</b><b>…</b><b>27</b></p>",
    "beside words of a pager": "<div><u>上一页</u><i>1</i><i>2</i><i>3</i><u>下一页</u></div>",
    "each in a box": "<div><div><i>1</i></div><div><i>2</i></div><div><i>3</i></div></div>",
    "in brackets": "<div><span>[1]</span><span>[2]</span><span>[3]</span></div>",
    "two links to nowhere": "<div><a href='javascript:;'>1</a><a href='#'>2</a></div>",
    "two buttons": "<div><button>1</button><button>2</button></div>",
    "without a box": "<span>1</span><span>2</span><span>3</span>",
    "far behind the rows": "<p>主办单位</p><div><span>1</span><span>2</span><span>3</span></div>",
}
BUTTONS = {
    "下一页 to #": "<a href='#'>下一页</a>",
    "下一页 to nothing": "<a href=''>下一页</a>",
    "下一页 of an empty script": "<a href='javascript:;'>下一页</a>",
    "下一页 to a place on the page": "<a href='#page2'>下一页</a>",
    "下一页 without an address, but a class": "<a class='nextp'>下一页</a>",
    "下一页 that is called so": "<span id='nextPage'>下一页</span>",
    "下一页 as a picture": "<a href='#'><img src='/n.gif' alt='下一页'></a>",
    "尾页 to #": "<a href='#' class='last'>尾页</a>",
    "next to #": "<a href='#'>Next</a>",
    "下一页 beside the page's own number": "<p>当前第1页 <a href='#'>下一页</a></p>",
    "下一页 beside other numbers": "<p><b>1</b> <a href='#'>2</a> <a href='#'>下一页</a></p>",
    "更多 to #": "<a href='#'>更多</a>",
    "更多 in a box": "<div><a href='javascript:;'>更多&gt;&gt;</a></div>",
    "更多 that is clicked": "<div class='m'>查看全部</div>",
    "更多 of papers": "<a href='#'>查看更多提案</a>",
    "words of a list that is not all there": "<p>正在加载...</p>",
    "an arrow by its label": "<a href='#' aria-label='Next'><i>&raquo;</i></a>",
    "an arrow beside the rows": "<p class='dots'><i></i><i></i></p><a class='next'>→</a>",
    "an arrow called a page's": "<a class='page-link' data-p2='2'>»</a>",
    "an arrow by its relation": "<a rel='next' href='#'></a>",
    "下一页 in an element that seldom acts": "<label onclick='go(2)'>下一页</label>",
    "a list of Vant": "<van-list finished-text='没有更多了'></van-list>",
    "Load more": "<button>Load more</button>",
    "下一页 of Vue": "<span @click.prevent='go'>下一页</span>",
    "加载更多 of letters": "<span id='more'>加载更多答复</span>",
    "words that these are a part": "<p>以上为部分答复。</p>",
    "words where the others are": "<p>更多答复请搜索查询。</p>",
    "another few": "<a href='#' id='change'>换一批</a>",
    "another few in a span": "<span class='change'>换一组</span>",
    "reading on": "<button>继续浏览</button>",
    "pulling on": "<p>上拉继续</p>",
    "a month ago": "<a href='?d=2022-05'>&lt; 上个月</a>",
    "a year ago, by a script": "<span onclick='to(2021)'>上一年度</span>",
    "words that it shows the newest": "<p>本栏目仅保留近三个月的答复。</p>",
    "words where older ones are": "<p>往年的答复请访问旧版网站。</p>",
    "words that some are left out": "<p>其余答复略。</p>",
    "a box for a page's number": "<div>第<input value='1'>页</div>",
    "下一页 of htmx": "<span hx-get='/rows?p=2'>下一页</span>",
}
ATTRIBUTES = {
    "a total": "<div class='x' data-total='80'></div>",
    "a number of pages": "<div data-pages='7'></div>",
    "a last page": "<div data-last-page='7'></div>",
    "what is next": "<div data-next='/rows?p=2'></div>",
    "the address of what is next": "<i data-next-url='?p=2'></i>",
    "the number of the next page": "<div data-page='2'></div>",
    "that there is more": "<div data-has-more='true'></div>",
    "hx-get at sight": "<div hx-get='/tagk/2' hx-trigger='revealed'></div>",
    "data-hx-get at sight": "<div data-hx-get='rest' data-hx-trigger='intersect once'></div>",
    "hx-get of a list": "<div hx-get='/rows?p=2'></div>",
    "an address of rows": "<div data-url='/rows.do?p=2' class='b'></div>",
    "options as an object": "<div data-options='total:80,pageSize:12'></div>",
    "options as JSON": '<div data-config=\'{"pageSize":12,"total":80}\'></div>',
    "bound options": '<my-list :init=\'{"total":80,"size":12}\'></my-list>',
    "a table that a server pages": "<table data-side-pagination='server'></table>",
}
MORE = NUMBERS | BUTTONS | ATTRIBUTES


@pytest.mark.parametrize("shown", [pytest.param(html, id=name) for name, html in MORE.items()])
def test_what_a_script_elsewhere_acts_on_is_a_sign_of_more(shown: str) -> None:
    seen = walked(shown)
    assert len(seen.rows) == 12
    assert seen.errors, "was taken for whole"


@pytest.mark.parametrize(
    "around",
    [
        pytest.param("<div data-total='80'>{}</div>", id="a total"),
        pytest.param("<div data-url='/rows/list.json'>{}</div>", id="an address of rows"),
        pytest.param("<div data-pages='7'>{}</div>", id="a number of pages"),
    ],
)
def test_attributes_of_what_holds_the_rows_are_signs_too(around: str) -> None:
    row = "<li><a href='/l/{0}.html'>第{0}号提案的复函</a></li>"
    rows = "".join(row.format(number) for number in range(3))
    assert walked(around.format(f"<ul>{rows}</ul>"), rows="").errors


def days(first: int, last: int, form: str) -> str:
    return "".join(form.format(day) for day in range(first, last + 1))


NO_MORE = {
    "a month in a table": f"<table><tr>{days(1, 7, '<td>{}</td>')}</tr></table>",
    "a month of days": f"<div>{days(1, 31, '<span>{}</span>')}</div>",
    "months in words": f"<div>{days(1, 12, '<span>{}</span>月 ')}</div>",
    "a picture show by its class": "<ul class='dots'><li>1</li><li>2</li><li>3</li></ul>",
    "flexslider": "<ol class='flex-control-nav'><li><a href='#'>1</a></li><li><a href='#'>2</a></li></ol>",
    "SuperSlide": "<div class='hd'><ul><li>1</li><li>2</li><li>3</li></ul></div>",
    "pictures and their numbers": "<div><ul><li>1</li><li>2</li><li>3</li></ul>"
    + "<img src='a.jpg'>" * 5
    + "</div>",
    "numbers of another part": "<div><h3>图片</h3><p><a>1</a><a>2</a><a>3</a></p></div>",
    "a rank before each line": "<p><i>1</i>要闻一</p><p><i>2</i>要闻二</p><p><i>3</i>要闻三</p>",
    "steps with their names": "<dl><dt>1</dt><dd>提交</dd><dt>2</dt><dd>受理</dd><dt>3</dt><dd>答复</dd></dl>",
    "steps": "<ul class='steps'><li>1</li><li>2</li><li>3</li></ul>",
    "stars": "<div class='star'><span>1</span><span>2</span><span>3</span></div>",
    "marks to be given": "<div>满意度：<i>1</i><i>2</i><i>3</i><i>4</i><i>5</i>分</div>",
    "one page's number": "<div><span>1</span></div>",
    "a year": "<div><span>2020</span><span>2021</span><span>2022</span></div>",
    "下一页 switched off by its class": "<a href='#' class='disabled'>下一页</a>",
    "下一页 greyed": "<a href='#' class='page-gray'>下一页</a>",
    "下一页 greyed by its style": "<a href='#' style='color: #ccc'>下一页</a>",
    "下一页 as the last": "<li class='last'><a href='#'>下一页</a></li>",
    "下一页 switched off for readers": "<a href='#' aria-disabled='true'>下一页</a>",
    "下一页 beside a lone 1": "<p><a href='#'>首页</a><b>1</b><a href='#'>下一页</a></p>",
    "下一页 on page 1/1": "<p>1/1 <a href='#'>上一页</a><a href='#'>下一页</a></p>",
    "下一页 of one page": "<p>第1页/共1页 <a href='#'>下一页</a><a href='#'>尾页</a></p>",
    "下一页 of as many rows as are counted": "<p class='page'>共12条 <a href='#'>下一页</a></p>",
    "更多 of another part": "<div><h3>政策解读</h3><a href='#'>更多</a></div>",
    "another few of another part": "<div><h3>猜你喜欢</h3><a href='#'>换一批</a></div>",
    "the months of a calendar": "<div class='calendar'><a href='#'>上月</a><b>6月</b><a href='#'>下月</a></div>",
    "words that letters follow": "<p>其余答复将陆续公布。</p>",
    "an arrow of a show": "<div class='banner'><a class='prev'>‹</a><a class='next'>›</a></div>",
    "an arrow beside pictures": "<div><img src='a.jpg'><a class='next'>›</a></div>",
    "an arrow of another part": "<div><h3>热点专题</h3><a class='next'>›</a></div>",
    "an arrow of one page": "<p><a class='prev'>‹</a><b>1</b><a class='next'>›</a></p>",
    "an arrow to the top": "<a href='#'>&gt;</a>",
    "as many as are counted": "<div data-total='12'></div>",
    "a count of visits": "<div class='visit' data-total='90000'></div>",
    "an address to share": "<div class='share' data-url='http://gov.example/zwgk/tagk/'></div>",
    "a button of a picture show": "<div class='swiper' data-page='1' data-next='.swiper-next'></div>",
    "a part that htmx loads": "<div hx-get='/weather' hx-trigger='load'></div>",
}


@pytest.mark.parametrize("shown", [pytest.param(html, id=name) for name, html in NO_MORE.items()])
def test_what_only_looks_like_a_pager_leaves_a_directory_whole(shown: str) -> None:
    assert walked(shown).errors == ()


def test_numbers_right_before_the_rows_are_a_pager_s() -> None:
    numbers = "<div><span>1</span><span>2</span><span>3</span></div>"
    assert walked("", before=numbers).errors
    assert walked("", before=f"{numbers}<p>首页 政务公开</p>").errors == ()
