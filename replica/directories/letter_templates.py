"""Templates of letters' pages: those of known systems, and many whose body's element none has."""

from collections.abc import Callable, Sequence
from functools import partial

from replica.directories import unknown_templates
from replica.directories.unknown_templates import Chrome, around, paragraphs
from replica.document import Document
from replica.noise import Noise
from replica.pages import letter_page

Template = Callable[[Document, Noise], str]  # the page of a letter, as it is served just then


def _jcms(lines: Sequence[str], chrome: Chrome) -> str:
    return (
        f'<div class="con-title">{chrome.title}</div>'
        f'<div class="small-title">发布日期：{chrome.published_on} 浏览次数：{chrome.hits}</div>'
        f'<div id="zoom">{paragraphs(lines)}</div>{chrome.foot}'
    )


def _ucap(lines: Sequence[str], chrome: Chrome) -> str:
    return (
        f'<h1 class="pages-title">{chrome.title}</h1>'
        f'<div class="pages-date">{chrome.published_on} 10:00　来源：本委</div>'
        f'<div id="UCAP-CONTENT">{paragraphs(lines)}</div>{chrome.foot}'
    )


def _vsb(lines: Sequence[str], chrome: Chrome) -> str:
    return (
        f'<h2 class="title">{chrome.title}</h2>'
        f'<p class="date">发布时间：{chrome.published_on}　点击：<span>{chrome.hits}</span></p>'
        f'<div id="vsb_content"><div class="v_news_content">{paragraphs(lines)}</div></div>'
        f"{chrome.foot}"
    )


def _filled(main: Callable[[Sequence[str], Chrome], str], each: Document, noise: Noise) -> str:
    """Return a page whose text is the paragraphs of a letter and the links to its files."""
    chance = noise.chance()
    chrome = Chrome(
        hits=chance.randint(10, 99999),
        related=chance.randint(2, 6),
        stamp=noise.stamp(),
        title=each.title,
        published_on=each.fields["published_on"] or "",
    )
    files = [f'附件：<a href="{file.path}">{file.name}</a>' for file in each.files]
    return around(main([*(text for _, text in each.blocks), *files], chrome), chrome)


_MAINS = {"jcms": _jcms, "UCAP": _ucap, "VSB": _vsb, **unknown_templates.TEMPLATES}
TEMPLATES: dict[str, Template] = {"TRS": letter_page}
TEMPLATES |= {name: partial(_filled, main) for name, main in _MAINS.items()}
# Templates that print no date of their own.
UNDATED = {"title_far_above", "nested_boxes"}
