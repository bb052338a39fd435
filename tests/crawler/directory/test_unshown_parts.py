"""What a page shows only when a reader opens it, or chooses it by a script, is a sign of more."""

import pytest

from tests.crawler.directory.composed import ROWS, row, walked_with_rows

FOLDS = {
    "a box of a year": "<h4>2021年</h4><div class='body' data-url='/zwgk/tagk/y2021.html'></div>",
    "a list of a unit": "<h3>市林业局</h3><ul data-src='rows?unit=3'></ul>",
    "a summary to open": "<details data-href='older.json'><summary>更早的答复</summary></details>",
    "groups by name": "<ul><li data-src='g2.html'>民生</li><li data-src='g3.html'>经济</li></ul>",
    "details with nothing in them": "<details><summary>2021年答复</summary></details>",
    "a heading": "<div><h4 data-load='/zwgk/tagk/2'>其他答复</h4><div></div></div>",
    "an included file": "<div w3-include-html='part2.html'></div>",
    "a fragment": "<section data-fragment='../rows/3'></section>",
    "a pane": "<div class='tab-pane' data-content-url='rows.do?y=2021'>正在打开</div>",
    "a frame that comes later": "<iframe data-src='list2.html'></iframe>",
}
NO_FOLDS = {
    "a picture": "<div data-src='/images/top.jpg'></div>",
    "a video": "<div class='player' data-url='/video/7'></div>",
    "sharing": "<div class='share' data-url='/zwgk/tagk/'></div>",
    "a map": "<div><div id='map' data-url='/map.html'></div></div>",
    "the foot": "<footer><div data-url='/foot.html'></div></footer>",
    "a part that is there": "<div data-url='/news.html'><a href='/news/1.html'>要闻</a></div>",
    "a menu": "<ul class='menu'><li data-url='/zwgk/other/'>政策</li></ul>",
    "a number of visits": "<span data-url='/hits.do'></span><div id='hits' data-url='hits.do'></div>",
}


@pytest.mark.parametrize("fold", FOLDS.values(), ids=FOLDS)
def test_a_fold_that_is_empty_and_names_its_list_is_a_sign_of_more(fold: str) -> None:
    assert walked_with_rows(fold).errors
    assert walked_with_rows("", before=fold).errors


def test_a_fold_beside_all_rows_that_are_counted_hides_none() -> None:
    assert walked_with_rows(f"<p>共12条</p>{FOLDS['a heading']}", ROWS).errors == ()


@pytest.mark.parametrize("shown", NO_FOLDS.values(), ids=NO_FOLDS)
def test_what_else_names_a_file_is_no_fold_of_the_list(shown: str) -> None:
    assert walked_with_rows(shown).errors == ()
    assert walked_with_rows("", before=shown).errors == ()


JUNE = "".join(map(row, range(12)))  # of June 2022
MENUS = {
    "an array of months": "var ms=['2022年6月','2022年5月','2022年4月'];",
    "an array with addresses": "var ms=[{n:'2022-05',u:'a.html'},{n:'2022-04',u:'b.html'}];",
    "an object": "var of={'2022-06':'a.html','2022-05':'b.html'};",
    "months in short": 'var list=["202206","202205"];',
    "pairs of numbers": "var ms=[{year:2022,month:6},{year:2022,month:5}];",
    "a list that is written": "box.innerHTML='<li>2022年6月</li><li>2022年5月</li>';",
    "a loop": "for(var m=12;m>0;m--){document.write('<a href=\"'+m+'.html\">'+m+'月</a>');}",
    "an array of years": "var years=[2022,2021,2020];",
    "years in words": "var y=['2022年','2021年'];",
    "months of any year": "tab(['6月','5月','4月']);",
}
NO_MENUS = {
    "a date that is put together": "d.write(y+'年'+m+'月'+n+'日');for(;;){}",
    "one month": "var now='2022年5月';",
    "years of another thing": "chart({xAxis:['2020','2021','2022']});",
    "the names of a calendar": "var c={monthNames:['一月','二月','三月','四月']};",
    "days": "var holidays=['2022-06-03','2022-06-04'];",
    "months of another year": "var ms=['2019年6月','2019年5月'];",
}


@pytest.mark.parametrize("script", MENUS.values(), ids=MENUS)
def test_a_script_that_names_other_months_is_a_sign_of_more(script: str) -> None:
    (error,) = walked_with_rows(f"<p id='m'></p><script>{script}</script>", JUNE).errors
    assert (
        error.reason.startswith("a reader may choose other parts: no row of 20")
        or "月" in error.reason
    )


@pytest.mark.parametrize("script", NO_MENUS.values(), ids=NO_MENUS)
def test_other_months_of_scripts_are_no_sign(script: str) -> None:
    assert walked_with_rows(f"<script>{script}</script>", JUNE).errors == ()


def test_months_of_a_script_whose_rows_are_of_several_only_filter_them() -> None:
    rows = JUNE + row(20).replace("2022-06", "2022-04")
    assert walked_with_rows(f"<script>{MENUS['an array of months']}</script>", rows).errors == ()


TABS = {
    "kinds": "<ul class='tabs'><li class='on'>提案</li><li>建议</li></ul>",
    "kinds by name": "<div><button class='active'>政协提案答复</button><button>人大建议答复</button></div>",
    "links to nowhere": "<div><a href='#' class='on'>委员提案</a><a href='#'>代表建议</a></div>",
    "calls": "<p><a href='javascript:t(1)'>提案</a><a href='javascript:t(2)'>建议</a></p>",
    "a choice": "<select onchange='load(this.value)'><option>提案</option><option>建议</option></select>",
    "who leads": "<div class='tab'><b data-id='1' class='on'>主办件</b><b data-id='2'>协办件</b></div>",
    "classes": "<ul><li class='cur'>A类</li><li>B类</li><li>C类</li></ul>",
    "what came of them": "<p><b class='on'>已解决</b><b>正在解决</b><b>列入计划</b></p>",
    "offices": "<ul><li class='on' onclick='t(1)'>市水务局</li><li onclick='t(2)'>市林业局</li></ul>",
    "themes": "<div><a role='tab' aria-selected='true'>民生</a><a role='tab'>经济</a></div>",
}
NO_TABS = {
    "channels with addresses": "<ul><li class='on'><a href='/zwgk/tagk/'>提案</a></li><li><a href='/zwgk/jygk/'>建议</a></li></ul>",
    "channels that a script opens": "<p><b class='on'>提案</b><b onclick=\"location.href='/jygk/list.html'\">建议</b></p>",
    "a legend": "<ul><li>A类</li><li>B类</li><li>C类</li></ul>",
    "a trail": "<div><a href='/'>首页</a><span>提案</span></div>",
    "offices with sites": "<select onchange='open(this.value)'><option value='http://a.example'>市林业局</option><option value='http://b.example'>市水务局</option></select>",
    "one tab": "<ul><li class='on'>提案</li></ul>",
    "places on the page": "<p><a class='on' href='#a'>主办</a><a href='#b'>协办</a></p>",
}


@pytest.mark.parametrize("tabs", TABS.values(), ids=TABS)
def test_tabs_that_a_script_opens_are_a_sign_of_more(tabs: str) -> None:
    (error,) = walked_with_rows("", before=tabs).errors
    assert error.reason.startswith("a script shows other letters behind its tabs: ")


@pytest.mark.parametrize("shown", NO_TABS.values(), ids=NO_TABS)
def test_what_leads_to_a_channel_of_its_own_is_no_tab(shown: str) -> None:
    assert walked_with_rows("", before=shown).errors == ()


def test_tabs_whose_letters_are_all_on_the_page_hide_nothing() -> None:
    both = ROWS + ROWS.replace("提案", "建议").replace("0617_", "0618_")
    assert walked_with_rows("", both, before=TABS["kinds"]).errors == ()
    panes = f"<ul>{ROWS}</ul><ul>{ROWS.replace('0617_', '0618_')}</ul>"
    assert walked_with_rows(panes, "", before=TABS["who leads"]).errors == ()
