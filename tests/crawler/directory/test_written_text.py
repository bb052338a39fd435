"""What plain scripts write into a directory's page is read as its words are."""

import pytest

from crawler.directory.written_text import with_written_text
from tests.crawler.directory.composed import script
from tests.crawler.directory.composed import walked_with_rows as walked


def behind(text: str) -> str:
    """Return what is written behind a script."""
    return with_written_text(f"<script>{text}</script>").rpartition("</script>")[2]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("document.write(3)", "3", id="a number"),
        pytest.param("document.write('3');", "3", id="a string"),
        pytest.param("var n=3;document.writeln(n)", "3", id="a variable"),
        pytest.param("var n = 7;\ndocument.write('共' + n + '页')", "共7页", id="a sum"),
        pytest.param("document.write('<a href=\"p.html\">下一页</a>')", '<a href="p.html">下一页</a>', id="a link"),
        pytest.param("// 3\ndocument.write(3)", "3", id="behind a remark"),
        pytest.param("document.write(unknown)", "", id="an unknown name"),
        pytest.param("if(n>1){document.write(3)}", "", id="under a condition"),
        pytest.param("function f(){document.write(3)}", "", id="within a function"),
        pytest.param("document.write(f(3))", "", id="what a call returns"),
        pytest.param("document.write('a", "", id="a string without an end"),
    ],
)  # fmt: skip
def test_plain_scripts_alone_are_run(text: str, written: str) -> None:
    assert behind(text) == written


def test_a_variable_of_another_script_counts() -> None:
    assert with_written_text("<script>var n=3;</script><script>document.write(n)</script>").endswith("3")  # fmt: skip


MORE = {
    "pages in a sentence": "<div>共<script>document.write(3)</script>页</div>",
    "rows in a sentence": "<div>共<script>document.write('80')</script>条</div>",
    "a number that is not known": "<div>共<script>document.write(total)</script>页</div>",
    "a whole sentence": "<script>var pc=7;document.write('共'+pc+'页')</script>",
    "a pager": "<script>document.write(\"第1页/共7页 <a href='#'>下一页</a>\")</script>",
    "a link": "<script>document.write('<a href=\"l_2.html\">下一页</a>')</script>",
    "words put into an element": script("document.getElementById('p').innerHTML='共7页'"),
    "words put together": script("$('#p').html('共'+7+'页')"),
    "rows put together": script("$('#p').html(`共${80}条`);$('#q').html('共 80 条')"),
    "a blank that a script fills": "<p>共<i id='t'></i>条，<i id='c'></i>页</p>",
    "a template's blank": "<p>共{{total}}条</p>",
    "the total of an answer": script('var d={"total": 240,"list":[]}'),
    "the total behind a list": script('var d={"rows":[{"id":1}],"total":240}'),
    "an answer as a string": script('var d="{\\"total\\": 240, \\"rows\\":[]}"'),
    "an answer as JSON": "<script type='application/json'>{\"totalElements\": 240}</script>",
    "a total in an object beside a list": script("var d={data:{list:[{a:1}],total:240}}"),
    "totalPage": script("totalPage=12"),
    "totalRow": script("var totalRow = 240;"),
    "recordNum": script("var recordNum = 240;"),
    "m_nPageCount": script("var m_nPageCount = 12;"),
    "a count beside the size of a page": script("var nCount=80, nPageSize=12;"),
    "_nPageCount": script("var _nPageCount=7;"),
    "setPage of an element": script("setPage(document.getElementById('p'),7,1)"),
    "rows that are added at the end": script("fetch('/list?p=2').then(t=>{list.innerHTML += t})"),
    "1/9 beside a word": "<p>当前 1/9</p>",
    "总条数": "<p>总条数 80</p>",
    "bootstrap-table": script("$('#t').bootstrapTable({url:'/rows.json',pagination:true})"),
    "a table of layui": script("layui.table.render({elem:'#t',url:'/rows',page:true})"),
    "a datagrid": script("$('#g').datagrid({title:'x',url:'list.do'})"),
    "easyui": "<table class='easyui-datagrid' data-options=\"url:'list.do'\"></table>",
    "a box to jump from, of VSB": "<a href='javascript:_list_gotopage_fun(7,\"x\",2)'>GO</a>",
    "a class of jpage": "<span class='default_pgTotalPage'>7</span>",
    "an element of turnpage": "<div id='turnpage'></div>",
    "rows from one to twelve": "<div>1-12/80</div>",
    "entries": "<div>Showing 1 to 12 of 80 entries</div>",
    "记录 from one to twelve": "<div>显示第 1 到第 12 条记录，总共 80 条记录</div>",
    "what is left": "<p>还有68条</p>",
    "what is shown alone": "<p>仅显示最新12条</p>",
    "papers that are counted": "<div>80件提案</div>",
    "papers that there are now": "<div>目前共有80件</div>",
    "all to be seen": "<button>查看全部80条</button>",
    "翻页": "<a href='#'>向后翻页</a>",
    "a frame that is called a list": "<iframe id='listFrame' src='/zwgk/tagk/inner/'></iframe>",
}


@pytest.mark.parametrize("shown", [pytest.param(html, id=name) for name, html in MORE.items()])
def test_what_scripts_say_of_further_rows_is_a_sign(shown: str) -> None:
    seen = walked(shown)
    assert len(seen.rows) == 12
    assert seen.errors, "was taken for whole"


NO_MORE = {
    "one page that is written": "<div>共<script>document.write(1)</script>页</div>",
    "as many rows as are written": "<div>共<script>document.write(12)</script>条</div>",
    "the year": "<p>版权所有 <script>document.write(2022)</script></p>",
    "an answer that the page shows whole": script('var d={"total": 12,"list":[]}'),
    "the total of something else": script("var cart={total:3}; var chart={total:90}"),
    "how a counter is asked": script("$.ajax({url:'/hits',data:{page:1,size:5}})"),
    "a table that is all there": script("$('#t').DataTable({paging:true})"),
    "a pager of the page's own rows": script("$('#t').pageMe({perPage:7})"),
    "words that hold 共": "<p>公共页面 共条例</p>",
    "a frame of another part": "<iframe id='weather' src='/tianqi/'></iframe>",
}


@pytest.mark.parametrize("shown", [pytest.param(html, id=name) for name, html in NO_MORE.items()])
def test_what_scripts_say_of_other_things_is_none(shown: str) -> None:
    assert walked(shown).errors == ()
