"""Notices in place of a letter: firewall, login, maintenance, and that the page is gone."""

import re

from letters.late_pattern import late_pattern
from letters.visit_span import VisitOutcome

_SUBJECT = "(?:页面?|网页|文章|内容|信息|文件|文档|稿件|栏目|资源|链接|地址)"
_LOST = (
    "(?:不存在|(?:已经?)?被?(?:删除|移除|移走|撤销|撤回|撤下|撤稿|下线)|(?:已经?)?(?:失效|过期|迁移|走丢)|"
    "找不到|未找到|无法(?:找到|显示)|走丢)"
)
_SORRY = late_pattern(
    rf"{_SUBJECT}[^。！]{{0,8}}{_LOST}|(?:找不到|没有找到|未找到)[^。！]{{0,8}}{_SUBJECT}"
    r"|404 ?(?:not found|错误|页面)|(?:page|object) (?:could )?not (?:be )?found"
    r"|was not found on this server|\A\D{0,20}404\D{0,30}\Z",
    re.IGNORECASE,
)
# 对不起，该信息已被删除！ and nothing else.
_ONLY_SORRY = late_pattern(
    rf"(?:对不起|很?抱歉|很?遗憾)?[，,！ ]*(?:您|你)?(?:所|要|请求)?(?:访问|查看|查找|浏览)?的?"
    rf"(?:该|此|本)?(?:{_SUBJECT}|复函|答复|文)[^。！；：]{{0,6}}(?:{_LOST}|已?下架|已?屏蔽)[^。！；：]{{0,6}}[。！!.]*"
)
_MAINTENANCE = late_pattern(
    r"正在[^。！]{0,6}(?:维护|升级|检修|建设|恢复|改造)|正在进行[^。！]{0,10}改造|因[^。！]{0,10}(?:维护|升级|检修)"
    r"|(?:维护|升级|升级改造|检修)(?:中(?!心)|期间)|(?:网站|系统)建设中(?!心)|篡改"
    r"|(?:系统|网站|服务器?|站点|数据库)[^。！]{0,6}(?:繁忙|暂停|已?关闭|错误|连接失败)"
    r"|\A\W*(?:网站|系统)(?:维护|升级)\W*\Z|域名变更|服务不可用|内部错误"
    r"|稍[后候]再试|稍[后候]访问|bad gateway",
    re.IGNORECASE,
)
_LOGIN = late_pattern(
    r"请(?:您?先)?(?:登录|登陆)|(?:尚未|未)(?:登录|登陆)|登录后(?:查看|访问|浏览)|统一身份认证"
)
_FIREWALL = late_pattern(
    r"访问(?:被|已被)?(?:拦截|拒绝|禁止|阻断)|(?:您的|当前)(?:访问|IP)[^。！]{0,8}(?:拦截|限制|频繁|异常)"
    r"|访问过于频繁|安全(?:验证|防护|拦截|策略)|防火墙|非法(?:访问|内容|请求)|请求.{0,6}(?:拦截|异常)|(?:疑似|恶意)[^。！]{0,6}攻击|滑动验证|输入验证码"
)
# In this order: what forbids a visit says nothing of the letter, whatever else it says.
_NOTICES = (
    (VisitOutcome.BLOCKED, "a firewall", _FIREWALL),
    (VisitOutcome.BLOCKED, "a login", _LOGIN),
    (VisitOutcome.BROKEN, "a notice", _MAINTENANCE),
    (VisitOutcome.GONE, "a sorry page", _SORRY),
)
# 正文加载中，请稍候……; 系统维护中，请稍后访问。
_COME_BACK = re.compile(r"加载中|请(?:您)?稍[后候]|稍[后候]再试")
# 该内容需要登录后查看; not: 请登录本局网站查看
_BEHIND_LOGIN = re.compile(r"登[录陆]后(?:方?[可能])?(?:查看|访问|浏览)|(?:尚未|您未|用户未)登录")
_AT_MOST = 60  # characters; a longer text under a letter's own title is the letter's

Notice = tuple[VisitOutcome, str]  # what a page is, and why in words


def notice_of(text: str) -> Notice | None:
    """Return what the visible words of a page without a letter's title say; None: nothing."""
    for outcome, kind, form in _NOTICES:
        if words := form().search(text):
            return outcome, f"{kind}: {words[0]}"
    return None


def is_firewall(text: str) -> bool:
    """Return whether the words of an answer are a firewall's, and name no page that is gone."""
    return bool(_FIREWALL().search(text)) and not _SORRY().search(text)


def notice_under_title(text: str) -> Notice | None:
    """Return what the words that are in a letter's place say, under its own title.

    Letters speak of sites that are mended and of pages that do not exist: only a text
    that is a notice as a whole is one.
    """
    if len(text) > _AT_MOST:
        return None
    if words := _BEHIND_LOGIN.search(text):
        return VisitOutcome.BLOCKED, f"a login: {words[0]}"
    if words := _COME_BACK.search(text):
        return VisitOutcome.BROKEN, f"a notice: {words[0]}"
    return removal_notice(text)


def removal_notice(text: str) -> Notice | None:
    """Return that a letter is gone where `text`, as a whole, says so; None if it does not."""
    return (VisitOutcome.GONE, f"a sorry page: {text}") if _ONLY_SORRY().fullmatch(text) else None
