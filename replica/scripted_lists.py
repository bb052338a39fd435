"""Directories whose rows a script asks for: the page and the answers of each interface."""

import json

from replica.scripted_values import (
    HTML,
    JSON,
    XML,
    Asked,
    Rows,
    ScriptedList,
    html_page,
    item,
    page_of,
)

CHANNEL = "5d0e6a1f2b3c4d5e8f90a1b2c3d4e5f6"
COLUMN = "7c1e9b40-52aa-4d0b-8c0e-1be7a0c4d331"

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PART = {
    "parseType": "bulidstatic",
    "webId": "w7",
    "tplSetId": "t9",
    "pageType": "column",
    "tagId": "信息列表",
    "editType": "null",
    "pageId": "p3",
}


def _jpaas_page(_rows: Rows) -> str:
    def script(part: dict[str, str]) -> str:
        query = str(part).replace(" ", "")
        return f'<script src="/js/unitbuild.js" url="{_UNIT}" queryData="{query}"></script>'

    return html_page(script(_PART | {"tagId": "左侧导航"}) + script(_PART))


def _jpaas_answer(asked: Asked, rows: Rows) -> str | None:
    if any(asked.values.get(name) != value for name, value in _PART.items()):
        return json.dumps({"success": False, "message": "参数错误"})
    page = json.loads(asked.values["paramJson"])
    items = "".join(map(item, page_of(rows, page["pageNo"], page["pageSize"])))
    counts = f'pageno="{page["pageNo"]}" rows="{page["pageSize"]}" count="{len(rows)}"'
    pager = f'<div class="pagination" {counts}></div>'
    html = f'<div class="page-content"><ul>{items}</ul></div>{pager}'
    return json.dumps({"success": True, "data": {"html": html}}, ensure_ascii=False)


_PROXY = "/module/web/jpage/dataproxy.jsp"


def _store(rows: Rows, total: int | None, following: str = "") -> str:
    counted = f"<totalrecord>{total}</totalrecord>" if total is not None else ""
    records = "".join(f"<record><![CDATA[{item(row)}]]></record>" for row in rows)
    return f"<datastore>{following}{counted}<recordset>{records}</recordset></datastore>"


def _between(asked: Asked, rows: Rows) -> Rows:
    return rows[asked.number("startrecord") - 1 : asked.number("endrecord")]


def _posted_page(rows: Rows) -> str:
    call = "{col:1,appid:1,webid:7,path:'/',columnid:812,unitid:'5120',webname:'某委'}"
    return html_page(
        f"<div id='5120'></div><script>$('#5120').jpage({{totalRecord:{len(rows)},perPage:5,"
        f"groupSize:3,proxyUrl:'{_PROXY}',ajaxParam:{call}}});</script>"
    )


def _posted_answer(asked: Asked, rows: Rows) -> str | None:
    if asked.values.get("unitid") != "5120" or "startrecord" not in asked.values:
        return None
    return _store(_between(asked, rows), len(rows))


def _group_link(number: int) -> str:
    query = f"page={number}&appid=1&webid=7&path=/&columnid=813&unitid=5121&webname=w"
    return f'<nextgroup><![CDATA[<a href="{_PROXY}?{query}"></a>]]></nextgroup>'


def _groups_page(rows: Rows) -> str:
    store = _store(rows[:15], None, _group_link(1))
    call = f"$('#5121').jpage({{totalRecord:{len(rows)},perPage:5,groupSize:3}});"
    return html_page(
        f'<div id="5121"><script type="text/xml">{store}</script></div><script>{call}</script>'
    )


def _groups_answer(asked: Asked, rows: Rows) -> str | None:
    if asked.values.get("unitid") != "5121":
        return None
    number = asked.number("page")
    return _store(page_of(rows, number + 1, 15), None, _group_link(number + 1))


def _ucap_page(_rows: Rows) -> str:
    return html_page(
        f"<ul id='list'></ul><div id='page_div'></div><script>var channelId = '{CHANNEL}';"
        "$.ajax({url: '/common/search/' + channelId + '?_isJson=true&page=1'});</script>"
    )


def _ucap_answer(asked: Asked, rows: Rows) -> str | None:
    found = page_of(rows, asked.number("page"), asked.number("_pageSize"))
    results = [
        {"title": row.title, "url": row.path, "publishedTimeStr": f"{row.listed_on} 10:00:00"}
        for row in found
    ]
    counts = {"channelId": CHANNEL, "total": len(rows), "rows": asked.number("_pageSize")}
    return json.dumps({"data": {**counts, "results": results}}, ensure_ascii=False)


def _gkmlpt_page(_rows: Rows) -> str:
    return html_page("<div id='app'></div><script>window._CONFIG = {SID: '760015'};</script>")


def _gkmlpt_answer(asked: Asked, rows: Rows) -> str | None:
    if asked.values.get("sid") != "760015":
        return None
    articles = [
        {"id": place, "title": row.title, "url": row.path, "type": "post", "date": row.listed_on}
        for place, row in enumerate(page_of(rows, asked.number("page") or 1, 100))
    ]
    column = {"id": 3021, "name": "建议提案", "post_count": len(rows) + 4}
    answer = {"classify": column, "total": len(rows), "articles": articles}
    return json.dumps(answer, ensure_ascii=False)


def _fujian_page(rows: Rows) -> str:
    return html_page(
        f"<ul class='list'>{''.join(map(item, rows[:15]))}</ul>"
        "<script>var SiteInfo = {searchId: 229105};</script>"
        f"<script>var page = {{classsql: '' || 'chnlid=4821', recordCount: '{len(rows)}'}};"
        "listModel({listArgs: {channelid: SiteInfo.searchId, classsql: page.classsql},"
        " listApi: {url: '/fjdzapp/search'}});</script>"
    )


def _fujian_answer(asked: Asked, rows: Rows) -> str | None:
    if asked.values.get("classsql") != "chnlid=4821" or asked.values.get("channelid") != "229105":
        return None
    size = asked.number("prepage")
    found = page_of(rows, asked.number("page"), size)
    data = [
        {
            "doctitle": row.title,
            "docpuburl": row.path,
            "docreltime": row.listed_on,
            "chnlid": "4821",
        }
        for row in found
    ]
    pages = -(-len(rows) // size)
    return json.dumps({"data": data, "pageCount": pages}, ensure_ascii=False)


_MESSAGES = "/TrueCMS/messageController/getMessage.do"
_MOST_MESSAGES = 60  # rows of a page; who asks for more is answered with none


def _truecms_page(rows: Rows) -> str:
    return html_page(
        f"<div id='initData'><ul>{''.join(map(item, rows[:10]))}</ul></div><script>"
        f"$('#list').jpage({{totalRecord:'{len(rows)}', proxyUrl:'{_MESSAGES}', perPage:10,"
        f" groupSize:3, dataType:'jsonp', ajaxParam:{{columnId:'{COLUMN}'}}}});</script>"
    )


def _truecms_answer(asked: Asked, rows: Rows) -> str | None:
    if asked.values.get("columnId") != COLUMN:
        return None
    found = [] if asked.number("perpage") > _MOST_MESSAGES else _between(asked, rows)
    result = json.dumps({"result": _store(found, len(rows)) if found else ""}, ensure_ascii=False)
    callback = asked.values.get("callback")
    return f"{callback}({result});" if callback else result


_LABEL = "/site/label/8888"


def _hefei_page(_rows: Rows) -> str:
    return html_page(
        f"<script>$.get('{_LABEL}', {{labelName: 'publicInfoList', siteId: '6788031',"
        " organId: '21691', catId: '32710021', pageSize: 15, type: '4', isJson: true}, fill);"
        "</script>"
    )


def _hefei_answer(asked: Asked, rows: Rows) -> str | None:
    if asked.values.get("catId") != "32710021":
        return None
    found = page_of(rows, asked.number("pageIndex"), asked.number("pageSize"))
    data = [{"title": row.title, "link": row.path, "publishDate": row.listed_on} for row in found]
    return json.dumps({"data": data}, ensure_ascii=False)


def _zhangzhou_rows(rows: Rows, page: int) -> str:
    pages = max(-(-len(rows) // 10), 1)
    return html_page(
        f"<ul id='resources'>{''.join(map(item, page_of(rows, page, 10)))}</ul>"
        f"<div class='pager'>第{page}页 共{pages}页 共{len(rows)}条</div>",
        "<meta name='siteIdMeta' content='830612'>",
    )


def _zhangzhou_page(rows: Rows) -> str:
    return _zhangzhou_rows(rows, 1)


def _zhangzhou_answer(asked: Asked, rows: Rows) -> str | None:
    is_its_own = asked.values.get("siteId") == "830612"
    return _zhangzhou_rows(rows, asked.number("page")) if is_its_own else None


LISTS = {
    each.name: each
    for each in (
        ScriptedList("jpaas", "/jpaas/", _UNIT, JSON, _jpaas_page, _jpaas_answer),
        ScriptedList("jcms-dataproxy", "/posted/", _PROXY, XML, _posted_page, _posted_answer),
        ScriptedList("jcms-nextgroup", "/groups/", _PROXY, XML, _groups_page, _groups_answer),
        ScriptedList(
            "ucap-search", "/ucap/", f"/common/search/{CHANNEL}", JSON, _ucap_page, _ucap_answer
        ),
        ScriptedList(
            "gkmlpt",
            "/gkmlpt/index#3021",
            "/gkmlpt/api/all/3021",
            JSON,
            _gkmlpt_page,
            _gkmlpt_answer,
        ),
        ScriptedList("fujian", "/fujian/", "/fjdzapp/search", JSON, _fujian_page, _fujian_answer),
        ScriptedList("truecms", "/truecms/", _MESSAGES, JSON, _truecms_page, _truecms_answer),
        ScriptedList("hefei", "/hefei/", _LABEL, JSON, _hefei_page, _hefei_answer),
        ScriptedList(
            "zhangzhou",
            "/zhangzhou/",
            "/cms/sitemanage/index.shtml",
            HTML,
            _zhangzhou_page,
            _zhangzhou_answer,
        ),
    )
}
