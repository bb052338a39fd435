"""What in the scripts of a directory says that its list goes on, or brings further rows."""

import re
from collections.abc import Iterator

from crawler.directory.signs_of_more.sign import Sign, quoted
from letters.late_pattern import late_pattern

# What an answer in the page says of the pages behind it.
_GOES_ON = late_pattern(
    r"[\"']?has_?(?:next|more)(?:_?page)?[\"']?\s*[:=]\s*[\"']?(?:true|!0)"
    r"|[\"']?(?:(?:is_?)?last(?:_?page)?|no_?more(?:_?data)?|is_?end|(?:all_?loaded|loaded_?all))[\"']?\s*[:=]\s*[\"']?(?:false|!1)"
    r"|[\"']?next_?(?:cursor|token|page_?(?:url|token)?|url)[\"']?\s*[:=]\s*[\"'][^\"'\s]+",
    re.IGNORECASE,
)
# What adds rows to a list when the reader scrolls, or as soon as the page is there.
_ADDS_ROWS = late_pattern(
    r"flow\.load\s*\(|infinite_?scroll|mescroll|dropload|pull_?up_?refresh"
    r"|server_?side\s*:\s*true|side_?pagination\s*:\s*[\"']server"
    r"|(?:\.scroll\s*\(|onscroll|[\"']scroll[\"']|IntersectionObserver)(?=[\s\S]{0,400}"
    r"(?:load|get|fetch|next|append|query)_?(?:more|next|page|list|data|rows?)\w*\s*\()"
    r"|IntersectionObserver(?=[\s\S]{0,400}\b(?:next|more)\s*\()"
    r"|(?:\$\.(?:get|post|ajax|getJSON)|fetch|axios(?:\.\w+)?|XMLHttpRequest)\b(?=[\s\S]{0,600}"
    r"(?:\.append\(|\.appendTo\(|insertAdjacentHTML|appendChild|innerHTML\s*\+=))"
    r"(?=[\s\S]{0,600}(?:<li|list|rows?\b|<tr|<a ))",
    re.IGNORECASE,
)
# A table whose rows another request brings.
_TABLE = late_pattern(
    r"\b(?:bootstrapTable|datagrid|dataTable|jqGrid|kendoGrid|tabulator|table\.render)\s*\(\s*\{"
    r"(?=[^}]{0,400}?\b(?:url|ajax|ajaxURL|api|datatype)[\"']?\s*:)",
    re.IGNORECASE,
)
# What asks for the page that comes next, or writes links to pages in a loop.
_NEXT_PAGE = late_pattern(
    r"[?&](?:page_?(?:no|num|index)?|cur_?page|pn?)=[\"'`]?\s*(?:\+\s*|\$\{)\(?\s*(?:\+\+|\w+\s*(?:\+\+|\+\s*1))"
    r"|<a\b[^>\n]{0,80}?href=[\\\"']*(?:[\w./-]*(?:index|list|default|page)[_-]"
    r"|[^\s\"'<>]*[?&](?:page_?(?:no|num|index)?|cur_?page|pn?)=)[\"']\s*\+",
    re.IGNORECASE,
)
# What asks for the rows of a page by its number: $.get('list_' + p + '.json').
_NUMBERED_ROWS = late_pattern(
    r"(?:\.(?:get|post|ajax|getJSON|load|open)|fetch|axios(?:\.\w+)?)\s*\("
    r"(?:\s*[\"'](?:GET|POST)[\"']\s*,|\s*\{\s*url\s*:)?"
    r"\s*[\"'`][^\"'`\s<>]*(?i:index|list|default|pages?|data)[_/-]?(?:[\"']\s*\+\s*|\$\{)\(?[+\w]"
    r"|\.load\s*\(\s*[\"'](?:[^\"'\s<>]*/)?[\w-]*(?i:list|more|rest|fenye)[\w-]*\.\w+[^\"'\s]*[\"']"
)
# A pager in the texts of a script: '<a href="index_1.html">下一页</a>', '<a>'+i+'</a>'.
_WRITTEN_PAGER = late_pattern(
    r"[\"'`>](?:下一?[页頁]|[尾末][页頁]|最后一?[页頁])(?:[>»›→]|&gt;|&raquo;|\s)*[\"'`<]"
    r"|<(a|A|button)\b[^<\n]{0,160}>\s*(?:[\"'`]\s*\+\s*|\$\{\s*)\(?\s*(?:[ijkmnpx]|[pP]age\w{0,8}|num|index)"
    r"\s*(?:[+-]\s*1\s*)?\)?\s*(?:\+\s*[\"'`]|\})\s*</\1>",
)
# ["p2.html", "p3.html"], ["index_1", "index_2"]: names of pages that a script puts together.
_ARRAY = re.compile(r"\[\s*(?:[\"'][\w./-]{1,60}[\"']\s*+,?\s*+){2,200}+\]")
_NAME = re.compile(
    r"[\"'](?P<before>[\w./-]*?)(?P<number>\d{1,4})(?P<ending>\.(?:s?html?|jsp|php|aspx?))?[\"']",
    re.IGNORECASE,
)
_OF_PAGES = re.compile(r"(?:index|list|default|page)[_-]$", re.IGNORECASE)
_FIRST = (1, 2)  # numbers that the second page may have
# Words in lower case, one of which is in all that the forms match: they cost more to search.
_GOES_ON_HINTS = ("has", "last", "next", "more", "end", "load")
_ADDS_HINTS = (
    *("flow", "scroll", "dropload", "refresh", "side", "intersection", "$.", "fetch", "axios"),
    *("xmlhttp",),
)
_NEXT_HINTS = ("page", "?p", "&p", "index_", "list_", "index-", "list-", "default_")
_ROWS_HINTS = ("get", "post", "ajax", "load", "fetch", "axios", "open")
_PAGER_HINTS = ("页", "頁", "</a>", "</button>")
_TABLE_HINTS = ("table", "grid", "tabulator")


def loading_in_scripts(script: str) -> Iterator[Sign]:
    """Yield what says that a list goes on, and what may add rows to it."""
    lowered = script.lower()
    forms = (
        ("it says that it goes on", _GOES_ON, _GOES_ON_HINTS),
        ("a script may add rows", _ADDS_ROWS, _ADDS_HINTS),
        ("a script may add rows", _TABLE, _TABLE_HINTS),
        ("a script may add rows", _NUMBERED_ROWS, _ROWS_HINTS),
        ("a script leads to further pages", _NEXT_PAGE, _NEXT_HINTS),
        ("a script writes a pager", _WRITTEN_PAGER, _PAGER_HINTS),
    )
    for said, form, hints in forms:
        if any(hint in lowered for hint in hints):
            for words in form().finditer(script):
                yield Sign(f"{said}: {quoted(words[0])}")
    for array in _ARRAY.finditer(script):
        if _names_pages(array[0]):
            yield Sign(f"a script names further pages: {quoted(array[0])}")


def _names_pages(array: str) -> bool:
    """Return whether the texts of an array are names of pages that count on from the second."""
    names = list(_NAME.finditer(array))
    numbers = [int(name["number"]) for name in names]
    is_of_all = len(names) == len(re.findall(r"[\"'][^\"']*[\"']", array))
    forms = {(name["before"], name["ending"]) for name in names}
    if not is_of_all or len(forms) != 1 or numbers[0] not in _FIRST:
        return False
    ((before, ending),) = forms
    is_page = ending is not None or bool(_OF_PAGES.search(before))
    return is_page and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
