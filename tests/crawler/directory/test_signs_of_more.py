"""Any sign of more pages that was not followed to its end makes a directory read in part."""

import pytest

from tests.crawler.directory.composed import ROWS, URL, script
from tests.crawler.directory.composed import walked_with_rows as walked

MORE = {
    "a count in its own channel": "<li><a href='./'>提案答复</a>（17）</li>",
    "a count in the link to its own channel": f"<a href='{URL}'>市政协提案(17件)</a>",
    "a request for the next page": script(
        "btn.onclick=()=>fetch('/api/list?page='+(++p)).then(show)"
    ),
    "a template of the next page": script("load(`/api/list?pageNo=${page+1}`)"),
    "links that a loop writes": script(
        'for(var i=1;i<n;i++)document.write("<a href=index_"+i+".html>"+(i+1)+"</a>")'
    ),
    "a pager that a script puts in": script(
        "p.innerHTML='<span>1</span><a href=\"index_1.html\">下一页</a>'"
    ),
    "a pager of jQuery": script("$('.b').html('<a class=\"n\">下一页 &gt;&gt;</a>')"),
    "a button that a script makes": script("b.textContent = '尾页'; box.append(b)"),
    "numbers that a loop writes": script(
        "for(i=1;i<=n;i++)h+='<a href=\"index'+(i>1?'_'+(i-1):'')+'.html\">'+i+'</a>'"
    ),
    "numbers of a template": script("s+=`<a data-n=${i}>${i+1}</a>`"),
    "rows of a page by its number": script("$.get('list_'+p+'.json',function(d){draw(d)})"),
    "rows of a numbered folder": script("fetch(`/tagk/page/${n}`).then(show)"),
    "a frame of a numbered page": "<iframe src='/pub/show.jsp?ch=5&p=1'></iframe>",
    "rows that a script puts in from a file": script("$('#rest').load('/zwgk/more.jsp?c=5')"),
    "a picture that turns the page": "<img src='/images/xyy.gif' onclick='nextPage()'>",
    "an error of PHP": "<b>Fatal error</b>: Allowed memory size of 134 bytes exhausted in /l.php on line 88",
    "an error of Java": "<p>java.lang.NullPointerException at com.x.ListTag.doEnd</p>",
    "a frame called fy": "<iframe src='/pub/fy.jsp'></iframe>",
    "links of a query that a loop writes": script(
        "s+='<a href=\"list.jsp?page='+i+'\">'+i+'</a>'"
    ),
    # variables of a script
    "totalPage": script("var totalPage = 7;"),
    "page_count as a string": script("var page_count='7';"),
    "maxPage of an object": script("var cfg = {maxPage: 7, cur: 1};"),
    "pageTotal as a quoted key": script('init({"pageTotal":"7"});'),
    "countPages": script("countPages=7"),
    "a total beside the size of a page": script("var total = 80; var pageSize = 12;"),
    "rowCount beside perPage": script("rowCount = 80, perPage = 12"),
    # calls
    "layui laypage": script("layui.use('laypage',function(){layui.laypage.render({count:80})})"),
    "laypage whose count is a variable": script("laypage.render({elem:'p',count:n,limit:12})"),
    "pagination by jQuery": script("$('#p').pagination(80,{items_per_page:12})"),
    "jqPaginator": script("$.jqPaginator('#p',{totalPages:7,visiblePages:5})"),
    "twbsPagination": script("$('#p').twbsPagination({totalPages: 7})"),
    "a Paginator made anew": script("new Paginator({el:'#p',total:80,pageSize:12})"),
    "createPage_two": script("createPageList(7,1,'list')"),
    "kkpager": script("kkpager.generPageHtml({pno:1,total:7,totalRecords:80})"),
    "tcdPageCode": script("$('.t').createPage({pageCount:7,current:1})"),
    "fenye": script("fenye(7,0,'index')"),
    "a call on what another call returns": script("box.$('#list').$('.p').pager(7)"),
    "a call amid a call": script("$(pager(7)).show()"),
    "a name whose first part is no name": script("..pager(7)"),
    "a pager's call with nothing to read in it": script("writePaging();"),
    "pagination whose numbers come later": script("initPagination(data.total)"),
    # what stands in the page for a script
    "attributes of a pager": "<div class='pagination' data-total='80' data-page-size='12'></div>",
    "attributes of some element": "<div id='x' data-total-count='80' data-size='12'></div>",
    "a bound attribute": "<el-pagination :total='80' :page-size='12'></el-pagination>",
    "a hidden field": "<input type='hidden' id='totalPages' value='7'>",
    "an XML store": "<script type='text/xml'><totalrecord>80</totalrecord></script>",
    "an empty element of a pager": "<div class='page-box' id='pager'></div>",
    # words
    "共7页": "<div>共7页</div>",
    "共 7 页 amid other words": "<p>您正在浏览第1页，共 <b>7</b> 页</p>",
    "1/7": "<span>第1/7页</span>",
    "页次": "<table><tr><td>页次：1/7</td></tr></table>",
    "分7页": "<p>80条记录 分7页</p>",
    "共七页": "<p>共七页</p>",
    "of 7": "<p>Page 1 of 7</p>",
    "a count of rows": "<div class='page'>共80条</div>",
    # buttons
    "下一页 by a script": "<a href='javascript:toPage(2)'>下一页</a>",
    "下一页 by a script that counts from nought": "<a href='javascript:go(1)'>下一页</a>",
    "下一页 of ASP.NET": "<a href=\"javascript:__doPostBack('pg','2')\">下一页</a>",
    "a span that is clicked": "<span onclick=\"load('/list?p=2')\">下页</span>",
    "a button": "<button type='button'>下一页</button>",
    "a button that submits": "<form method='post'><input type='submit' value='下一页'></form>",
    "尾页 by a script": "<a href='#' onclick='turn(7)'>尾页</a>",
    "data-page": "<a data-page='2'>下一页</a>",
    "next in English": "<a href='javascript:next()'>Next</a>",
    "加载更多": "<div class='m' onclick='more()'>加载更多</div>",
    "点击查看更多": "<a href='javascript:;'>点击查看更多</a>",
    # links
    "numbers that lead by offsets": "<a>1</a> <a href='?start=12'>2</a> <a href='?start=24'>3</a>",
    "numbers that lead to folders": "<b>1</b><a href='page/2/'>2</a><a href='page/3/'>3</a>",
    "numbers without links in a pager": "<div class='pages'><i>1</i><i>2</i><i>3</i></div>",
    "numbers in a list beside 上一页": "<span>上一页</span><span>1</span><span>2</span>",
    "numbers to choose from": "<select onchange='go()'><option>1</option><option>2</option></select> 跳转",
    "an arrow": "<a href='index_1.html'>&gt;</a>",
    "an arrow without words": "<a class='next' href='?p=2'></a>",
    "rel=next": "<link rel='next' href='?cursor=Zm9v'>",
    "下一页 to a page of no number": "<a href='more.jsp?after=Zm9v'>下一页</a>",
    "a picture of 下一页": "<a href='p2.jsp'><img src='n.gif' alt='下一页'></a>",
    "a link to a numbered page by another word": "<a href='index_1.html'>更早的提案</a>",
    "hidden links": "<div style='display:none'><a href='./l_33_1.html'></a><a href='./l_33_2.html'></a></div>",
    # lists that a script holds, and what loads when the reader scrolls
    "a state with its total": script(
        "window.__STATE__={'page':{'current':1,'size':12,'total':80}}"
    ),
    "data of a component": script("new Vue({data:{total:80,current:1}})"),
    "an answer that has a next one": script("render({list:[], hasNext: true})"),
    "an answer that is not the last": script("var page={number:0,last:false}"),
    "a cursor": script("var state={'nextCursor':'Zm9v'}"),
    "pages as a string": script("var pages = '7'; draw();"),
    "a flow of layui": script("flow.load({elem:'#l',done:function(page,next){}})"),
    "rows that come by scrolling": script(
        "$.get('list_'+p+'.html',function(h){$('.list').append(h)})"
    ),
    "rows that come at once": script(
        "fetch('rest.json').then(d=>u.insertAdjacentHTML('beforeend','<li>'))"
    ),
    "an element that loads when it is seen": "<div class='infinite-scroll' data-url='x'></div>",
    "更多 of a loader": "<input type='button' value='更多' id='load-more'>",
    "a button by its role": "<a role='button' title='下一页' href='javascript:;'><i></i></a>",
    "a number that is posted back": "<a href=\"javascript:__doPostBack('Pager','2')\">2</a>",
    # what stands elsewhere
    "a frame with the pager": "<iframe src='pager.html'></iframe>",
    "a frame with the rest": "<object data='rest_list.html'></object>",
    "an include that was not put in": "<!--#include virtual='/tagk/pager.shtml' -->",
    "下一页 for who has no script": "<noscript><a href='p2.html'>下一页</a></noscript>",
    # words of their own
    "rows with a comma": "<p>共 1,080 条信息</p>",
    "rows spelt out": "<p>共八十条，每页十二条</p>",
    "rows that were found": "<p>查询到<em>80</em>条结果</p>",
    "rows found for the reader": "<p>为您找到 80 件</p>",
    "rows in all": "<p>总计：80 篇</p>",
    "pages to choose from": "<form>转到第 <input name='pg'> 页 / 7 页 <button>GO</button></form>",
    "更早": "<a href='javascript:older()'>更早的答复</a>",
    "后12条": "<a href='javascript:on()'>后12条</a>",
    "a picture called next": "<a href='p2.html'><img src='/images/next.gif' alt=''></a>",
    "a field with the number of rows": "<input type='hidden' id='totalCount' value='80'>",
    "a state of Nuxt": "<script>window.__NUXT__={data:[{list:[],hasMore:!0}]}</script>",
    "a state of Nuxt whose values are passed": '<script>window.__NUXT__=(function(a,b){return {data:[{list:[],hasMore:a,next:b}]}}(true,"p,2"))</script>',
    "that there is an end": "<script>var page = {noMore: false}</script>",
    "下一页 of another site": "<a href='http://other.example/tagk/index_1.html'>下一页</a>",
    "下一页 whose link is none": "<a href='http://[x/index_1.html'>下一页</a>",
    "更多 of this directory": "<h3>提案公开</h3><a href='./list.html'>更多&gt;&gt;</a>",
    "rows in a script": script("var more=[{url:'./202206/t20220617_99.html'}]"),
    "rows in a hidden field": "<textarea hidden><a href='./202206/t20220617_99.html'>x</a></textarea>",
    "results": "<p>80 results</p>",
    "记录数": "<p>记录数：80</p>",
    # as bare words, or with no action to be seen
    "1/7 alone": "<span>1/7</span>",
    "1 and 7 in elements of their own": "<div class='pagination'><i>1</i> / <i>7</i></div>",
    "words beside the list": "第 1 页，共 7 页",
    "the words of English": "<p>Page 1/7</p>",
    "a sum of the channel": "<p>本栏目共有80条信息</p>",
    "a sum of papers": "<p>共有提案80件</p>",
    "an element that is called so": "<b>共</b><em id='totalPage'>7</em><b>页</b>",
    "a box to jump from": "<div>跳转到<input id='to'>页<a href='javascript:go()'>GO</a></div>",
    "an element of a framework": "<el-pagination :total='total'></el-pagination>",
    "a bare button 查看更多": "<div class='btn'>查看更多</div>",
    "展开全部": "<a href='javascript:showAll()'>展开全部</a>",
    "a next page without words": "<a class='next-page' href='javascript:;'></a>",
    "a filled arrow": "<a href='?page=2'>▶</a>",
    "older": "<a href='?page=2'>Older posts</a>",
    "numbers with a gap": "<p><b>1</b><b>2</b><b>...</b><b>7</b></p>",
    "numbers around mere text": "<p>[1] [<a href='/x/2.html'>2</a>] [<a href='/x/3.html'>3</a>]</p>",
    "pages of an object": script("window.pageInfo={'pages':7,'pageNum':1}"),
    "a number to be parsed": script("var page_total = parseInt('7');"),
    "a function that returns it": script("function getTotalPage(){ return 7; }"),
    "pinyin": script("var zongyeshu = 7;"),
    "a pager's object": script("simplePage.init({total:80})"),
    "rows by scrolling": script("$(window).scroll(function(){ loadNextPage(); })"),
    "rows when an end is seen": script(
        "new IntersectionObserver(loadMoreRows).observe(end); loadMore();"
    ),
    "a table of a server": script("$('#t').DataTable({serverSide: true})"),
    "all of them": "<p>全部 80 件</p>",
    "what was made public": "<p>累计公开提案答复80件</p>",
    "rows of": "<p>1-12 of 80</p>",
    "1/7 in brackets": "<span>[1/7]</span>",
    "rows and pages": "<div class='fy'><b>80</b>条 <b>1</b>/<b>7</b></div>",
    "页数": "<span>页数：7</span>",
    "a pager's arrow": "<div class='pager'><a class='next' href='javascript:void(0)'></a></div>",
    "a year that is not listed": "<a href='2021/'>2021年</a>",
    "an image map": "<map><area href='index_1.html' alt='2'></map>",
    "a count in a heading": "<h2>提案公开<sup>(80)</sup></h2>",
    "a count beside a heading": "<h2>提案公开 <small>80</small></h2>",
    "a count in the chosen part of a menu": "<ul><li class='on'>提案答复(80)</li></ul>",
    "a spelt count in a caption": "<table><caption>提案答复一览（共八十件）</caption></table>",
    "a count in a caption": "<table><caption>提案答复一览（共80件）</caption></table>",
    "all of them, in brackets": "<h3>提案公开</h3><a href='./list.html'>[全部]</a>",
    "an arrow before 更多": "<h3>提案公开</h3><a href='./list.html'>»更多</a>",
    "MORE+": "<h3>提案公开</h3><a href='./list.html'>MORE+</a>",
    "a picture of 更多": "<a href='./list.html'><img src='/images/more.gif'></a>",
    "an empty link called more": "<a href='./list.html'><i class='more'></i></a><a class='more' href='./list.html'></a>",
    # as frameworks and scripts write it
    "names of pages in an array": script('var p=["p2.html","p3.html"];for(k in p)add(p[k])'),
    "names without an ending": script("['index_1', 'index_2'].map(link)"),
    "a variable whose name begins with a dash": script('var _PAGE_COUNT="7", _PAGE_INDEX="0";'),
    "an element called Page": "<Page :total='total' show-elevator />",
    "rows that come when an end is seen": script(
        "new IntersectionObserver(function(e){if(e[0].isIntersecting){next()}}).observe(end)"
    ),
    "scroll for more": "<p>向下滚动查看更多</p>",
    "swipe for more": "<p>↓ 上滑查看更多内容</p>",
    "more behind a login": "<p>更多内容请登录后查看</p>",
    "the first twelve": "<p>当前显示前12条</p>",
    "twelve at most": "<p>最多显示12条</p>",
    "pages to choose, without a script": "<div>页码：<select><option>1</option><option>2</option></select></div>",
    # counted by other words
    "letters that were collected": "<p>收录复函 80 封</p>",
    "letters as 封": "<p>共80封</p>",
    "rows right before the pages": "<p>总记录数：80页次：1/7</p>",
    "letters by copies": "<div>提案答复<b>80</b>份</div>",
    "what the channel holds now": "<p>本栏目现有文件80篇</p>",
    "results of a search": "<p>检索结果：80</p>",
    "pages behind a sum": "<p>检索结果：1-12 共7页</p>",
    "pages that are called a sum": "<p>总数：12页</p>",
    "a sum of articles": "<p>文章总数 80</p>",
    "an amount": "<p>总量80</p>",
    "a count in the page's title": "<title>提案答复（共80件）-某局</title>",
    "how many of all were loaded": "<p>已加载 15/80</p>",
    "a link to all of them": "<a href='#all'>显示全部80件 ▾</a>",
    "numbers that count down": "<a href='tagk/6.htm'>2</a><a href='tagk/6.htm'>下页</a>",
}


@pytest.mark.parametrize("pager", [pytest.param(html, id=name) for name, html in MORE.items()])
def test_a_sign_of_more_that_was_not_followed_is_no_end(pager: str) -> None:
    seen = walked(pager)
    assert len(seen.rows) == 12
    assert seen.errors, "was taken for whole"


NO_MORE = {
    "a count that is met": "<li><a href='./'>提案答复</a>（12）</li>",
    "a count in another channel": "<li><a href='../jygk/'>建议答复</a>（17）</li>",
    "a count of something else": "<li><a href='./'>返回</a>（17）</li>",
    "the address of a channel in a script": script("s+='<a href=\"/xwdt/index.html?id='+i+'\">'"),
    "where more news are": "<p>更多信息请关注公众号，更多服务请登录政务服务网。</p>",
    "no pager": "",
    "a pager that a script writes where there are two pages": script(
        "var countPage=1;if(countPage>1)p.innerHTML='<a href=\"index_1.html\">下一页</a>'"
    ),
    "rows that a loop writes": script("s+='<li><a href=\"'+it.url+'\">'+it.title+'</a></li>'"),
    "years that a loop writes": script("s+='<a href=\"/n/'+y+'\">'+y+'年</a>'"),
    "a head that a script puts in": script("$('#head').load('/common/header.html')"),
    "an error that a script names": script("if(e instanceof java.lang.Exception)show('Error')"),
    "a picture that a script shows": "<img src='/a.gif' onclick='nextPhoto()'>",
    "visits by a number": script("$.get('/visit/'+id);fetch('/hits?id='+docid)"),
    "尾页 to the page itself": "<p><a href=''>首页</a> <a href=''>尾页</a></p>",
    "末页 to the page itself": "<p>第1页 <a href='./'>首页</a> <a href='' class='last'>末页</a></p>",
    "尾页 alone to the page itself": "<div><a href=' '>尾页</a></div>",
    "one page by its variable": script("var totalPage = 1; laypage({pages: totalPage})"),
    "one page by its call": script("laypage.render({elem:'p',count:12,limit:15})"),
    "one page by a call of TRS": script('createPage(1,0,"index","html")'),
    "one page in words, its 下一页 dead": "<div>共1页 <a href='javascript:go(1)'>下一页</a></div>",
    "as many rows as it says, its pager empty": "<div>共12条</div><div id='pager'></div>",
    "as many rows as it says, 加载更多": "<p class='page'>共12条</p><button>加载更多</button>",
    "a number of pages that is none yet": script("var totalPage = 0;"),
    "the definition of a pager": script("function createPaging(n){var page='p'}"),
    "a pager in a remark": script("// laypage.render({count:80,limit:12});"),
    "a pager in a comment": "<!-- <div>共7页 <a href='index_1.html'>下一页</a></div> -->",
    "visitors that are counted": script("pageview(7); track.pageView({count:80})"),
    "a home page that is set": "<a onclick='setHomePage(7)'>设为首页</a>",
    "更多 of another part": "<div><h3>政策解读</h3><a href='/zwgk/jd/'>更多</a></div>",
    "months to choose from": "<a href='/'>首页</a><select><option>1</option><option>2</option></select>月",
    "a list of ranks": "<ol><li><i>1</i>要闻……</li><li><i>2</i>要闻……</li></ol>",
    "a show of pictures": "<div class='swiper'><span>1/5</span><a class='next'></a></div>",
    "查看更多 of another part": "<div><div><a href='/jd/'><span>查看更多</span></a></div></div>",
    "scrolling to the top": script("$(window).scroll(function(){ $('#top').show() })"),
    "pages that are counted, a box to jump from": "<p>共1页 跳转到<input>页</p>",
    "a calendar": "<table><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>",
    "the size of a page": "<p>每页数：12</p>",
    "as many as were made public": "<p>累计公开12件</p>",
    "the dots of a picture show": "<ul class='dots'><li>1</li><li>2</li><li>3</li></ul>",
    "years": "<a href='/xxgk/2021/'>2021</a> <a href='/xxgk/2022/'>2022</a>",
    "words of pages in a long text": f"<p>{'说明文字' * 40}全书共7页。</p>",
    "a 下一页 that is disabled": "<a class='disabled' href='javascript:next()'>下一页</a>",
    "a button that is disabled": "<button disabled>下一页</button>",
    "a 下一页 of plain words": "<span>上一页</span> <span>下一页</span>",
    "a frame of the weather": "<iframe src='https://weather.example/today.html'></iframe>",
    "a frame of another folder": "<iframe src='/tianqi/'></iframe>",
    "a counter that is asked for": script("$.get('/hits?id=3',function(n){$('#hits').html(n)})"),
    "names of tabs in an array": script('var tabs=["tab1","tab2"], pics=["a_1.jpg","a_2.jpg"];'),
    "the year of a heading": "<h2>提案公开（2024）</h2>",
    "counts of several headings": "<h3>提案答复（17）</h3><h3>建议答复（8）</h3>",
    "as many as the heading counts": "<h2>提案公开（12）</h2>",
    "how many a page shows at most": "<p>每页最多显示12条</p>",
    "how many pages a list of one has": "<p>页总数：1</p>",
    "news of an account": "<p>更多内容请关注我们的公众号</p>",
    "七 pages of which one": "<p>共一页</p>",
    "a box to search in": "<input name='q' size='20' value='请输入关键词'>",
    "an empty box": "<input name='count' maxlength='20' value=''>",
    "letters counted elsewhere": "<div class='side'>本月共 5120 条来信</div>",
}


@pytest.mark.parametrize("pager", [pytest.param(html, id=name) for name, html in NO_MORE.items()])
def test_what_is_no_sign_of_more_pages_leaves_a_directory_whole(pager: str) -> None:
    assert walked(pager).errors == ()


def test_the_sign_is_quoted() -> None:
    (error,) = walked(script("var totalPage = 7;")).errors
    assert "totalPage = 7" in error.reason
    assert error.url == URL


def test_a_row_that_is_repeated_stands_in_for_no_other() -> None:
    pinned = '<li><a href="202206/t20220617_1.html">置顶：第1号提案的复函</a></li>'
    assert walked("<div class='page'>共12条</div>", pinned + ROWS).errors == ()
    (error,) = walked("<div class='page'>共13条</div>", pinned + ROWS).errors
    assert error.reason == "it says it holds 13 rows, 12 were seen"


def test_rows_of_another_site_count_towards_the_size() -> None:
    elsewhere = '<li><a href="http://other.example/a/t20220617_99.html">第99号提案的复函</a></li>'
    assert walked("<div class='page'>共13条</div>", elsewhere + ROWS).errors == ()


@pytest.mark.parametrize("link", ["href='javascript:show(13)'", "href='#' onclick='show(13)'"])
def test_a_row_that_a_script_opens_is_not_read(link: str) -> None:
    (error,) = walked("", f"{ROWS}<li><a {link}>第13号提案的复函</a></li>").errors
    assert (
        error.reason == "a script opens the page of a row, and names no address: 第13号提案的复函"
    )
    assert walked("", f"{ROWS}<li><a {link}>收藏本页到浏览器</a></li>").errors == ()
