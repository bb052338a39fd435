"""What `fuhan probe` reports of a listing."""

from typing import Final

PROBING: Final[dict[str, str]] = {
    "{url} can be watched": "{url} 可以监看",
    "{url} can't be watched: {why:s}": "{url} 不能监看：{why}",
    # What a line is about.
    "robots": "robots",
    "channel": "栏目",
    "next": "下一步",
    "agency": "承办单位",
    "in the way": "障碍",
    "rows": "条目",
    "interface": "接口",
    "known by": "识别依据",
    "size": "规模",
    "pager": "翻页",
    "site": "网站",
    "not read": "未读出",
    "{field:s} {count:d}/{all:d}": "{field} {count}/{all}",
    "fields": "字段",
    "{field:s} {read:d}/{tried:d}": "{field} {read}/{tried}",
    "in none": "均无",
    "twice": "两次",
    "twins": "同案",
    "text": "正文",
    # What is said of it.
    "fuhan probe URL, with that of a channel": "fuhan probe 网址，换成栏目的网址",
    "with fuhan[browser], an entry that says site: browser has the list rendered": (
        "安装 fuhan[browser] 后，条目写 site: browser，即以浏览器显示目录再读"
    ),
    "it is no directory of letters: it lists such as {title}": "不是复函目录：所列如 {title}",
    "the one letter tried could not be read: {why:s}": "试读的 1 件复函读不出：{why}",
    "none of the {count:d} letters tried could be read: {why:s}": (
        "试读的 {count} 件复函都读不出：{why}"
    ),
    "nothing on it leads to a letter": "其中没有通向复函的链接",
    "it is a hub, which shows the newest letters of several channels": (
        "是汇总页，只显示几个栏目的最新复函"
    ),
    "it is no directory of letters ({why:s}), but leads to channels of such": (
        "不是复函目录（{why}），但通向复函栏目"
    ),
    "it is no directory of letters, but leads to channels of such": "不是复函目录，但通向复函栏目",
    "not sure: {why:s}": "不确定：{why}",
    "nothing": "无",
    "{rows:d} on {pages:s} that could be read": "{rows} 条，在读到的 {pages}中",
    "{count:d} page": "{count} 页",
    "{count:d} pages": "{count} 页",
    "it does not say": "没有说明",
    "{size:s}, as the directory says": "{size}，目录自称",
    "{size:s}, as the interface says": "{size}，接口自称",
    "{letters:s} on {pages:d} page": "{letters}，{pages} 页",
    "{letters:s} on {pages:d} pages": "{letters}，{pages} 页",
    "of the interface, of which {count:d} answer was read; it goes on behind them": (
        "由接口翻页，读了 {count} 个答复；后面还有"
    ),
    "of the interface, of which {count:d} answer was read; it lists no more": (
        "由接口翻页，读了 {count} 个答复；再无更多"
    ),
    "of the interface, of which {count:d} answers were read; it goes on behind them": (
        "由接口翻页，读了 {count} 个答复；后面还有"
    ),
    "of the interface, of which {count:d} answers were read; it lists no more": (
        "由接口翻页，读了 {count} 个答复；再无更多"
    ),
    "one page is all": "只有一页",
    "numbered; page 2 is {url}": "按页号；第 2 页为 {url}",
    "numbered; page 2 is {url}, which was read": "按页号；第 2 页为 {url}，已读到",
    "links; the next is {url}": "按链接；下一页为 {url}",
    "none that leads on": "没有可翻的",
    "a form; page 2 is asked for by {request}": "按表单；第 2 页请求为 {request}",
    "a form; page 2 is asked for by {request} with {fields}": (
        "按表单；第 2 页请求为 {request}，附 {fields}"
    ),
    "a form; page 2 is asked for by {request}, which was read": (
        "按表单；第 2 页请求为 {request}，已读到"
    ),
    "a form; page 2 is asked for by {request} with {fields}, which was read": (
        "按表单；第 2 页请求为 {request}，附 {fields}，已读到"
    ),
    "{read:d} of the {tried:d} tried was read": "试读 {tried} 件，读出 {read} 件",
    "{read:d} of the {tried:d} tried were read": "试读 {tried} 件，读出 {read} 件",
    "read twice in a row, {differ:d} of {all:s} was served differently": (
        "连读两次，{all}中 {differ} 个的字节不同"
    ),
    "read twice in a row, {differ:d} of {all:s} were served differently": (
        "连读两次，{all}中 {differ} 个的字节不同"
    ),
    "all letters say the same": "各件文字都相同",
    "{count:d} letter says something else: {edits}": "{count} 件的文字不同：{edits}",
    "{count:d} letters say something else: {edits}": "{count} 件的文字不同：{edits}",
    "the second could not be read": "第二次读不出",
    "{count:d} of {all:d}: made up to {days:d} day after their date": (
        "{all} 件中 {count} 件：网页最迟在所署日期 {days} 天后生成"
    ),
    "{count:d} of {all:d}: made up to {days:d} days after their date": (
        "{all} 件中 {count} 件：网页最迟在所署日期 {days} 天后生成"
    ),
    "{count:d} of the letters read answer the same paper": "读出的复函中 {count} 件答复同一案",
    "{count:d} block": "{count} 段",
    "{count:d} blocks": "{count} 段",
    "{count:d} character": "{count} 字",
    "{count:d} characters": "{count} 字",
    "{count:s} saved in {folder}": "{count}存于 {folder}",
    "robots.txt is not asked for, as the configuration says": "按配置不请求 robots.txt",
    "there is no robots.txt: all is allowed": "没有 robots.txt：都允许",
    "robots.txt allows it": "robots.txt 允许",
    "robots.txt allows it, at {pause} s between two requests": (
        "robots.txt 允许，两次请求须相隔 {pause} 秒"
    ),
    "not asked for: the probe's {limit:d} s are over": "未请求：探测时限 {limit} 秒已到",
    "the probe could not be started": "探测未能开始",
    "the site's own pages name {owner}": "网站自己的网页署名 {owner}",
    "the letters are signed by {names}": "复函由 {names} 署名",
    "no letter is signed": "复函均无署名",
    "this is what the site calls itself": "此为网站自称",
    "of {all:d} letters {count:d} is signed so: {names}": (
        "{all} 件复函中 {count} 件如此署名：{names}"
    ),
    "of {all:d} letters {count:d} are signed so: {names}": (
        "{all} 件复函中 {count} 件如此署名：{names}"
    ),
    "no letter is signed, and no page says whose the site is": (
        "复函均无署名，网页也没有说明网站属谁"
    ),
    "{proposals:d} letter answers proposals, {suggestions:d} suggestions": (
        "{proposals} 件答复提案，{suggestions} 件答复建议"
    ),
    "{proposals:d} letters answer proposals, {suggestions:d} suggestions": (
        "{proposals} 件答复提案，{suggestions} 件答复建议"
    ),
    "{proposals:d} letter answers proposals, {suggestions:d} suggestions: all are kept as "
    "{kind}": "{proposals} 件答复提案，{suggestions} 件答复建议：一律存为 {kind}",
    "{proposals:d} letters answer proposals, {suggestions:d} suggestions: all are kept as "
    "{kind}": "{proposals} 件答复提案，{suggestions} 件答复建议：一律存为 {kind}",
    "shown in part by {url}": "{url} 只显示其中一部分",
    "shown in part": "只显示一部分",
    "on another site, not asked": "在别的网站，未请求",
    "a hub, which shows the newest of several channels": "汇总页，只显示几个栏目的最新内容",
    "no directory of letters: {rows:d} links to other pages": (
        "不是复函目录：{rows} 个链接通向其他网页"
    ),
    "{rows:d} letters on the first of {pages:d} pages": "共 {pages} 页，第一页有复函 {rows} 件",
    "each crawl will be partial": "每次抓取都会不完整",
    "it is the page of one document, no directory: {title}": "是单份文件的网页，不是目录：{title}",
    "by a script": "由脚本",
    "it was not saved": "未保存",
    "no family that is known": "未识别为任何已知类型",
    "{family:w}, by {sign:w} in {count:d} of {all:d}": (
        "{family}，依据 {sign}，{all} 个中 {count} 个"
    ),
    "{interface}, by {sign}": "{interface}，依据 {sign}",
}
