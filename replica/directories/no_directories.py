"""Pages of which a directory can't be read: rows by an unknown script, hubs, locks."""

from collections.abc import Callable, Sequence

from replica.scripted_values import Row, html_page

_PART = "<div class='part'><h3>{0}</h3><a href='{1}'>更多</a><ul>{2}</ul></div>"


def _unknown_script(_rows: Sequence[Row]) -> str:
    return html_page(
        "<div class='list' id='app'></div><script>$.ajax({url: '/opendata/rows.do',"
        " data: {column: 77}, success: function (d) { draw('#app', d); }});</script>"
    )


def _hub(rows: Sequence[Row]) -> str:
    halves = (("提案公开", "./tagk/", rows[:4]), ("建议公开", "./jygk/", rows[4:8]))
    return html_page("".join(_PART.format(*half[:2], _links(half[2])) for half in halves))


def _links(rows: Sequence[Row], form: str = "{}") -> str:
    return "".join(
        f'<li><a href="{form.format(row.path)}">{row.title}</a><span>{row.listed_on}</span></li>'
        for row in rows
    )


def _fragments(rows: Sequence[Row]) -> str:
    return html_page(f"<ul class='list'>{_links(rows, '#{}')}</ul>")


def _calls(rows: Sequence[Row]) -> str:
    items = "".join(
        f'<li><a href="javascript:show({place})">{row.title}</a><span>{row.listed_on}</span></li>'
        for place, row in enumerate(rows)
    )
    return html_page(f"<ul class='list'>{items}</ul>")


def _challenge(_rows: Sequence[Row]) -> str:
    return (
        "<html><head><script>document.cookie='__jsl_clearance=1';location.reload()</script>"
        "</head><body></body></html>"
    )


def _login(_rows: Sequence[Row]) -> str:
    return html_page(
        "<form method='post' action='/login'><h2>用户登录</h2>"
        "<input name='username'><input type='password' name='password'></form>"
    )


def _news(_rows: Sequence[Row]) -> str:
    return html_page(
        "<ul>"
        + "".join(
            f"<li><a href='/news/{n}.html'>全市召开第{n}次专题会议部署任务</a></li>"
            for n in range(15)
        )
        + "</ul>"
    )


def _beside_a_neighbour(rows: Sequence[Row]) -> str:
    """Return rows titled by numbers alone, beside the letters of a neighbour channel."""
    numbered = [Row(f"第{place:04}号", row.path, row.listed_on) for place, row in enumerate(rows)]
    others = "".join(
        f"<li><a href='/jygk/{n}.html'>关于第{n}号建议的答复</a></li>" for n in range(8)
    )
    return html_page(
        f"<ul class='list'>{_links(numbered)}</ul>"
        f"<div class='box'><h3>建议答复</h3><ul>{others}</ul></div>"
    )


NO_DIRECTORIES: dict[str, Callable[[Sequence[Row]], str]] = {
    "an unknown script": _unknown_script,
    "a hub": _hub,
    "fragments for addresses": _fragments,
    "calls for addresses": _calls,
    "a challenge": _challenge,
    "a login": _login,
    "news": _news,
    "numbers beside a neighbour channel": _beside_a_neighbour,
}
