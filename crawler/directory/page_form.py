"""The forms of a page: what a browser would send for each, and which may be sent at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.directory.form_fields import BUTTONS, Fields, is_page_field, kind_of, sent_by
from crawler.elements import ancestors, names_of
from crawler.interfaces.interface import InterfaceRequest
from crawler.web_url import resolve
from letters.text import squashed
from letters.urls import is_same_site

_TEXTS = {"text", "search"}
STATE = "__VIEWSTATE"  # of ASP.NET: what the form of a whole page has
_LARGEST = 1024 * 1024  # characters of a form that is sent
_FORM_TYPE = ("Content-Type", "application/x-www-form-urlencoded")
_CAPTCHA = re.compile(
    r"captcha|yzm|yanzheng|verif|(?:check|valid(?:ate|ation)?|auth|rand|safe|img|pic)[-_]?code"
    r"|vcode|kaptcha|验证码",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"log-?_?[io]n|sign-?_?(?:in|up)|regist|denglu|登录|登陆|注册", re.IGNORECASE)
_SEARCH = re.compile(r"search|sousuo|jiansuo|搜索|检索", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class PageForm:
    """What a form sends where it is submitted as it was served, no button pressed."""

    method: str  # GET or POST
    url: str  # absolute, on the page's own site
    fields: Fields
    charset: str | None = None  # that the form itself asks for; None: the page's

    def request(self, changed: Fields, page_url: str, charset: str) -> InterfaceRequest:
        """Return the request that sends it with some fields changed, from a page in `charset`.

        What the charset has no character for is sent as browsers send it: &#8364;.
        """
        values = dict(changed)
        sent = [(name, values.pop(name, value)) for name, value in self.fields]
        lines = [(name, _LINE_END.sub("\r\n", value)) for name, value in (*sent, *values.items())]
        body = urlencode(lines, encoding=self.charset or charset, errors="xmlcharrefreplace")
        referer = ("Referer", page_url)
        if self.method == "GET":
            return InterfaceRequest("GET", f"{self.url.partition('?')[0]}?{body}", "", (referer,))
        return InterfaceRequest("POST", self.url, body, (_FORM_TYPE, referer))


@dataclass(frozen=True, slots=True)
class ServedForm:
    """A form that may be sent, with its elements."""

    node: LexborNode
    controls: tuple[LexborNode, ...]
    sent: PageForm

    @property
    def key(self) -> int:
        """What tells it from the other forms of its page."""
        return int(self.node.mem_id)

    def named(self, name: str) -> LexborNode | None:
        """Return the field that is called so by name, or by its id; None for none."""
        for attribute in ("name", "id"):
            for control in self.controls:
                if name and control.attributes.get(attribute) == name:
                    return control if control.attributes.get("name") else None
        return None

    def page_field(self) -> LexborNode | None:
        """Return the one field that takes the number of a page; of several the hidden one."""
        fields = [each for each in self.controls if is_page_field(each)]
        hidden = [each for each in fields if kind_of(each) == "hidden"]
        chosen = fields if len(fields) == 1 else hidden
        return chosen[0] if len(chosen) == 1 else None


def served_forms(tree: LexborHTMLParser, base: str, page_url: str) -> list[ServedForm]:
    """Return the forms of a page that may be sent.

    None of those that ask who somebody is, or that he is no robot, that take a file, that search
    a site, or that lead to another one. Links are relative to `base`.
    """
    forms = []
    for node, controls in _owned_controls(tree):
        given = node.attributes
        action = (given.get("action") or "").strip()
        url = resolve(action, base) if action else page_url.partition("#")[0]
        method = "POST" if (given.get("method") or "").lower() == "post" else "GET"
        is_in_parts = (given.get("enctype") or _FORM_TYPE[1]).lower() != _FORM_TYPE[1]
        if url is None or (is_in_parts and method == "POST"):
            continue
        fields = tuple(pair for control in controls for pair in sent_by(control))
        is_small = sum(len(name) + len(value) for name, value in fields) <= _LARGEST
        form = ServedForm(node, controls, PageForm(method, url, fields, _charset_of(node)))
        if is_small and is_same_site(url, page_url) and _may_be_sent(form, page_url):
            forms.append(form)
    return forms


def _owned_controls(
    tree: LexborHTMLParser,
) -> Iterator[tuple[LexborNode, tuple[LexborNode, ...]]]:
    """Yield each form with its controls: those within it, and those that name it.

    A form that begins between the parts of a table is empty in the tree: the controls behind it
    are its own.
    """
    owned: dict[int, list[LexborNode]] = {}
    forms: dict[int, LexborNode] = {}
    last = None
    for node in tree.css("form, input, select, textarea, button"):
        if node.tag == "form":
            forms[node.mem_id], last = node, node
            continue
        inside = next((each for each in ancestors(node) if each.tag == "form"), None)
        named = node.attributes.get("form")
        if named:
            inside = next((f for f in forms.values() if f.attributes.get("id") == named), None)
        if inside is None and last is not None and last.child is None:
            inside = last
        if inside is not None:
            owned.setdefault(inside.mem_id, []).append(node)
    for mem_id, node in forms.items():
        yield node, tuple(owned.get(mem_id, ()))


def _charset_of(form: LexborNode) -> str | None:
    asked = (form.attributes.get("accept-charset") or "").replace(",", " ").split()
    try:
        "".encode(asked[0] if asked else "utf-8")
    except LookupError:
        return None
    return asked[0] if asked else None


def _may_be_sent(form: ServedForm, page_url: str) -> bool:
    kinds = {kind_of(each) for each in form.controls}
    is_state_kept = form.named(STATE) is not None
    if kinds & {"password", "file"} or ("textarea" in kinds and not is_state_kept):
        return False
    shown = (each for each in form.controls if kind_of(each) != "hidden")
    if any(_CAPTCHA.search(" ".join(_labels(each))) for each in (*form.node.css("img"), *shown)):
        return False
    given, path = form.node.attributes, urlsplit(form.sent.url).path
    own = [*names_of(form.node), given.get("name") or "", given.get("role") or "", path]
    said = [*own, *(_words(each) for each in form.controls if kind_of(each) in BUTTONS)]
    if any(map(_LOGIN.search, said)):
        return False
    is_list_s = path == urlsplit(page_url).path or is_state_kept
    return is_list_s or not (_asks_for_words(form) and any(map(_SEARCH.search, said)))


def _asks_for_words(form: ServedForm) -> bool:
    return any(kind_of(each) in _TEXTS and not is_page_field(each) for each in form.controls)


def _labels(node: LexborNode) -> list[str]:
    names = ("name", "src", "alt", "placeholder", "title")
    return [*names_of(node), *(node.attributes.get(name) or "" for name in names)]


def _words(button: LexborNode) -> str:
    return squashed(button.text() or button.attributes.get("value") or "")
