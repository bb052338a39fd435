"""Saved pages that use an interface, one folder each, with an answer of that interface."""

from pathlib import Path

from crawler.interfaces.interface import Interface, Parameters
from crawler.interfaces.recognition import INTERFACES

PAGES = Path(__file__).parent / "pages"
PAGE_URL = "http://water.example/sslj/jytabl/index.html"
URLS = {
    "gkmlpt": "http://water.example/gkmlpt/index#3021",
    "zhangzhou": "http://water.example/cms/html/sslj/index.html",
}


def page(name: str) -> str:
    return (PAGES / name / "page.html").read_text(encoding="utf-8")


def answer(name: str) -> str:
    (saved,) = (PAGES / name).glob("answer.*")
    return saved.read_text(encoding="utf-8")


def interface(name: str) -> Interface:
    return INTERFACES[name]


def parameters(name: str) -> Parameters:
    (only,) = INTERFACES[name].candidates(page(name), URLS.get(name, PAGE_URL))
    return only
