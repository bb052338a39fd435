"""Why a directory was not read whole, or is in doubt; what a site shows is quoted as it is."""

from typing import Final

DIRECTORIES: Final[dict[str, str]] = {
    "letters are missing, and older ones can't be read: {why:s}": (
        "缺少复函，较早的又读不到：{why}"
    ),
    "a script opens the page of a row, and names no address: {quoted}": (
        "条目由脚本打开，没有网址：{quoted}"
    ),
    "its pager says {total:d} pages, {read:d} were read": "翻页显示共 {total} 页，读了 {read} 页",
    "its pager leads to {url}, which was not read": "翻页通向 {url}，未读到",
    "its pager leads to {url}": "翻页通向 {url}",
    "its pager's form leads to page {page:d}, which was not read": (
        "翻页表单通向第 {page} 页，未读到"
    ),
    "a form lets a reader jump to a page, by its field {field}": "表单可跳至某页，字段为 {field}",
    "its pager leads from {url} to the same URL for the next page": "{url} 的下一页还是这个网址",
    "it says it holds {total:d} rows, {seen:d} were seen": "自称共 {total} 条，看到 {seen} 条",
    "a script holds a page that is not listed: {name}": "脚本中有未列出的网页：{name}",
    "{sign:s}; {read:d} pages were read": "{sign}；读了 {read} 页",
    "{sign:s}; {seen:d} rows were seen": "{sign}；看到 {seen} 条",
    "{sign:s}; the script's data has {rows:d} rows": "{sign}；脚本数据中有 {rows} 条",
    "the page's script only leads to {url}": "网页的脚本只是跳转到 {url}",
    "the page only refreshes to {url}": "网页只是跳转到 {url}",
    "the page only shows a frame: {url}": "网页只显示一个框架：{url}",
    "the page only shows {count:d} frames: {urls}": "网页只显示 {count} 个框架：{urls}",
    "a hub, no directory: it shows the newest of {channels}": (
        "是汇总页，不是目录：只显示最新内容，栏目有 {channels}"
    ),
    "a reader may choose other parts: no row of {part} is listed": (
        "可另选其他部分：{part} 的条目一条也没有列出"
    ),
    "letters are missing, and it leads to no list of {part}: {url}": (
        "缺少复函，且没有通向“{part}”列表的链接：{url}"
    ),
    "letters are missing, and in which of its lists they were is not known: {url}": (
        "缺少复函，且不知原在哪个列表：{url}"
    ),
    "another page in its place: no letter that it listed before is there": (
        "原处是别的网页：先前列出的复函一件也没有"
    ),
    "another page in its place: its rows are of another channel": (
        "原处是别的网页：其条目属于别的栏目"
    ),
    "another list in its place: most letters that it listed before are not there": (
        "原处是别的列表：先前列出的复函大多不在"
    ),
    "letters are missing, and its rows are another list": "缺少复函，且条目成了另一个列表",
    "letters are missing, and its rows are another list: like {now}, before like {before}": (
        "缺少复函，且条目成了另一个列表：现如 {now}，原如 {before}"
    ),
    "its newest rows push the oldest out, and nothing leads to these: {rows:d} rows": (
        "新条目把最旧的挤出目录，且无路可通：{rows} 条"
    ),
    "its pages may be of different days: a letter is missing between two of them: {url}": (
        "各页可能不是同一天的：两页之间缺少一件复函：{url}"
    ),
    "the page of a known letter stands in a script: {name}": "已知复函的网页在脚本中：{name}",
    "a row of a known letter leads to {leads:s}: {title}": "已知复函的条目通向 {leads}：{title}",
    "no page": "不是网页之处",
    "its pager ends before this page, which lists {count:d} letters": (
        "翻页止于此页之前，而此页列有 {count} 件复函"
    ),
    "{why:s}; its script asks another site, which is not asked: {hosts}": (
        "{why}；其脚本向别的网站请求，未请求：{hosts}"
    ),
    "two lists as large as each other: {one:s} or {other:s}": (
        "有两个一样大的列表：{one}，或 {other}"
    ),
    "which list is the directory: {one:s} or {other:s}": "不知哪个列表是目录：{one}，或 {other}",
    "another list is like that of its rows: {other:s}": "另有列表与其条目的列表相似：{other}",
    "{rows:d} rows like {form}, titles such as {title}": "{rows} 条，形如 {form}，标题如 {title}",
    "{rows:d} rows that lead to pages of a known family, titles such as {title}": (
        "{rows} 条，通向已知类型的网页，标题如 {title}"
    ),
    "its rows are others: {rows:s}": "条目不同：{rows}",
    "no rows": "没有条目",
    "no rows: {why:s}": "没有条目：{why}",
    "no rows: it lists {count:d} files, such as {url}": "没有条目：列出 {count} 个文件，如 {url}",
    "they are written by a script, the page itself lists nothing": (
        "条目由脚本写出，网页本身没有列出"
    ),
    "nothing on the page leads to a letter": "网页上没有通向复函的链接",
    "its scripts hold more lists of letters than the one that was read: {other}": (
        "其脚本中还有未读的复函列表：{other}"
    ),
    "{sign}, which names no pages": "{sign}，其中没有网页",
    "rows are in a script's data: {data}": "条目在脚本数据中：{data}",
    "rows are in a script's data: {data}, which names no pages": (
        "条目在脚本数据中：{data}，其中没有网页"
    ),
    "the page fills its list by a script: {script:s}": "列表由脚本填充：{script}",
    "{what}; not known": "{what}；未识别",
    "{name}, which is computed, no plain data": "{name}，是算出来的，不是直接写出的数据",
    "{rows:d} of its {all:d} rows lead to other sites, as {url}, which are not visited": (
        "{all} 条中有 {rows} 条通向别的网站，如 {url}，不去查看"
    ),
    "it has more than {most:d} lists of years, months or sessions": (
        "按年、月或届次分列的列表超过 {most} 个"
    ),
    "its link {quoted} leads to {title}, which is not listed": (
        "其链接“{quoted}”通向未列出的《{title}》"
    ),
    "its list of {part} shows nothing of it, and nothing new": (
        "“{part}”的列表没有该部分的条目，也没有新条目"
    ),
    "{url} repeats rows of earlier pages among new ones": "{url} 在新条目之间重复前几页的条目",
    "it shows one period at a time: {quoted}": "每次只显示一个时段：{quoted}",
    "a script among its rows may write more: {quoted}": "条目之间的脚本可能写出更多：{quoted}",
    "its pager counts: {quoted}": "翻页计数：{quoted}",
    "it loads more rows: {quoted}": "还会加载条目：{quoted}",
    "its pager is not understood: {quoted}": "看不懂其翻页：{quoted}",
    "its pager is a script that the page does not show: {quoted}": (
        "翻页由网页未载的脚本完成：{quoted}"
    ),
    "its pager is a script: {quoted}": "翻页由脚本完成：{quoted}",
    "its pager leads where it can't be followed: {quoted}": "翻页通向无法跟进之处：{quoted}",
    "its pager shows page numbers up to {most:d}": "翻页显示的页号直到 {most}",
    "it counts {quoted}": "计数：{quoted}",
    "it counts its pages: {quoted}": "页数计数：{quoted}",
    "it counts: {quoted}": "计数：{quoted}",
    "a part of it stands in a frame": "有一部分在框架中",
    "a part of it stands in a frame: {quoted}": "有一部分在框架中：{quoted}",
    "a part of it was not put in: {quoted}": "有一部分未能插入：{quoted}",
    "it links more pages: {quoted}": "还链接更多页：{quoted}",
    "it says {quoted}": "写有：{quoted}",
    "it lets a reader jump to a page: {quoted}": "可跳至某页：{quoted}",
    "it says that it goes on: {quoted}": "写明后面还有：{quoted}",
    "a script may add rows: {quoted}": "脚本可能添加条目：{quoted}",
    "a script leads to further pages: {quoted}": "脚本通向后续页：{quoted}",
    "an error of its server stands in it: {quoted}": "网页中有服务器的错误信息：{quoted}",
    "a script writes a pager: {quoted}": "脚本写出翻页：{quoted}",
    "its rows are numbered from {first:d}, not from 1": "条目的序号从 {first} 而不是 1 开始",
    "its rows are numbered down to {last:d}, not to 1": "条目的序号递减到 {last} 而不是 1 为止",
    "a script names further pages: {quoted}": "脚本列有后续页：{quoted}",
    "a script says {quoted}": "脚本中写有：{quoted}",
    "a script shows other letters behind its tabs: {quoted}": "选项卡由脚本显示其他复函：{quoted}",
    "a part of its list is not put in yet: {quoted}": "列表有一部分尚未插入：{quoted}",
    "its pager shows its end alone: {quoted}": "翻页只显示末尾：{quoted}",
    "its pager is a row of dots: {quoted}": "翻页是一排圆点：{quoted}",
    "a page of the directory that lists nothing new": "目录的这一页没有新条目",
    "its rows are those of the first page": "其条目就是第一页的",
    "page {page:d}, which a form asks for": "由表单请求的第 {page} 页",
    "the directory lists it as a file, not as a page: it is not read": (
        "目录所列是文件而不是网页：未读"
    ),
    "listed, and never seen: {why:s}": "列在目录中，却从未看到：{why}",
    # Rendered in a browser
    "in a browser it does not settle in {limit:d} s": "在浏览器中 {limit} 秒内未能稳定",
    "in a browser: {why:s}": "在浏览器中：{why}",
    "its script leads on to {url}": "其脚本转往 {url}",
    "it makes more than {most:d} requests": "发出的请求超过 {most} 个",
    "Chromium can't be started: {why}": "Chromium 启动不了：{why}",
}
