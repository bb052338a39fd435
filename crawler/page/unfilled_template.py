"""Templates that a server did not fill: their code, its error messages, or no words at all."""

import re
from collections.abc import Iterable
from itertools import islice

from letters.late_pattern import late_pattern
from letters.letter import Letter
from letters.text import HAN

# Each form begins with a plain character, so that the search passes over Chinese quickly. What
# is in quotes is quoted; of $ only what a name follows counts: $12.5 is a price.
_CODE = r"""
    \$(?<![\w“‘"'`「『]\$)(?:                      # Velocity, JSP, FreeMarker, Thymeleaf
        !?\{[^{}\n]{1,80}\}                        # ${article.title}, $!{title}
      | !?[A-Za-z_]\w*+(?:\.\w+)++(?:\([^()\n]*+\))?   # $pageHelpBean.getColumnNavPath(true)
      | !?[a-z_]\w{2,}+                            # $content
    )
  | \#(?:set|if|elseif|foreach|parse|include|macro)\s?\([^()\n]*+\)?   # Velocity
  | \#(?<!\w\#)[a-z]\w*+\.\w++\#                   # ColdFusion: #article.title#
  | <%(?<![“‘"'`「『]<%)(?:[^%\n]{0,200}%>)?         # JSP, ASP, EJS
  | <[\#@](?<![“‘"'`「『]<.)[A-Za-z][^<>\n]{0,200}>?  # FreeMarker: <#if, <@list
  | \{\{(?<![“‘"'`「『]\{\{)[^{}\n]{0,80}\}\}        # Vue, Angular, Jinja, Django
  | \{%(?<![“‘"'`「『]\{%)[^{}\n]{1,80}%\}
  | \{(?<![“‘"'`「『]\{)(?:\$|dede:|pc:|stl:|cms:|field[.:]|tag:)[^{}\n]{1,80}\}   # {$vo.title}
  | \[!--[\w.]{1,40}--\]                           # [!--newstext--]
  | \[object\ Object\] | undefined(?<!\w.{9})(?!\w) | null(?<!\w.{4})(?!\w) | NaN(?<!\w.{3})(?!\w)
"""
_LEAKED = re.compile(_CODE, re.VERBOSE | re.ASCII)
# 联系人：undefined
_LABELLED = late_pattern(
    rf"(?:[^，。；：:\s]{{0,12}}[：:][\s\[（(【]*)?(?:{_CODE})", re.VERBOSE | re.ASCII
)
_ERROR = re.compile(
    r"""
    javax?\.[\w.]{1,120}(?:Exception|Error)\b | org\.[\w.]{1,120}(?:Exception|Error)\b
  | com\.[\w.]{1,120}(?:Exception|Error)\b | Exception\ in\ thread | Traceback\ \(most\ recent
  | Warning:\ .{1,200}?\ on\ line\ \d | Notice:\ .{1,200}?\ on\ line\ \d
  | Fatal\ error:\ .{1,200}?\ on\ line\ \d | Parse\ error:\ .{1,200}?\ on\ line\ \d
  | Server\ Error\ in\ | Object\ reference\ not\ set | Whitelabel\ Error\ Page
  | HTTP\ Status\ [45]\d\d | Error\ Occurred\ While\ Processing | SQLSTATE\[ | ORA-\d{5}
  | FreeMarker\ template\ error | Microsoft\ (?:VBScript|OLE\ DB)
  | 未将对象引用设置到对象的实例 | 应用程序中的服务器错误
    """,
    re.VERBOSE | re.ASCII,
)
_HAN = late_pattern(f"[{HAN}]")
# What an empty field of a template says: 暂无内容, 正文.
_NOTHING = re.compile(
    r"(?:暂无|暂时没有|没有|无|空)?(?:相关|详细)?(?:正文|内容|信息|数据|文章)?(?:内容)?"
    r"|(?:正文|内容|数据|页面)?(?:加载|载入)(?:中|失败|出错)|loading|none|na",
    re.IGNORECASE,
)
_MOST = 12  # characters; no longer text says nothing


def template_code(text: str) -> frozenset[str]:
    """Return the template code and the error messages in `text`.

    >>> sorted(template_code("位置：$nav.path(1) <#if x> 造价$12.5万，“{{name}}”"))
    ['$nav.path(1)', '<#if x>']
    """
    return frozenset(code[0] for form in (_LEAKED, _ERROR) for code in form.finditer(text))


def server_error(text: str) -> str | None:
    """Return the first error message of a server in `text`, or None."""
    error = _ERROR.search(text)
    return error[0] if error else None


def template_code_in_place(lines: Iterable[str]) -> str | None:
    """Return template code that is in a letter's place, or None.

    It makes up a line, but for a label before it; an error message may be anywhere. What
    is amid a sentence may be the letter's own words.
    """
    for line in lines:
        if error := server_error(line):
            return error
        leaked = _LEAKED.search(line)
        if leaked and not _HAN().search(_LABELLED().sub("", line)):
            return leaked[0]
    return None


def is_empty(letter: Letter) -> bool:
    """Return whether a letter holds neither a word nor a file."""
    return not letter.attachments and has_no_words(letter)


def has_no_words(letter: Letter) -> bool:
    """Return whether no word of a letter is in its body; its title, repeated, is none."""
    return is_wordless(letter.wording().replace(letter.title, "", 1))


def is_wordless(text: str) -> bool:
    r"""Return whether `text` says nothing: no word is in it, or a placeholder's alone.

    >>> is_wordless("\ue003 。"), is_wordless("【正文】"), is_wordless("无异议")
    (True, True, False)
    """
    words = "".join(islice(filter(str.isalnum, text), _MOST + 1))
    return len(words) <= _MOST and _NOTHING.fullmatch(words) is not None
