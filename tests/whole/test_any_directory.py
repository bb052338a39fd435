"""A directory of any form is watched as one of a known family is, or said to be read in part."""

from dataclasses import dataclass
from pathlib import Path

from tests.whole.sites import Answer, Asked, Site, crawl, job, reasons, serve

TITLE = "某市交通局关于市政协五届五次会议第{:04}号提案的复函"
NAVIGATION = "".join(f"<li><a href='/c{n}.html'>政务公开指南{n}</a></li>" for n in range(30))
LETTER = """<!doctype html><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2022-06-17 10:00"><div class="TRS_UEDITOR">
<p>赵小华委员：</p><p>您提出的《关于建设第{n}条公交专用道的建议》（第{n:04}号）收悉。现答复如下：</p>
<p>去年全市完成投资12亿元，新建公交专用道{n}条，全部建成通车，早晚高峰明显好转。</p>
<p>某市交通局</p><p>2022年6月7日</p></div>"""


@dataclass
class PlainSite:
    """A directory of plain addresses of which one page is shown."""

    shown: list[int]
    pager: str = ""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/list/":
            return Answer(self._directory())
        number = asked.path.removeprefix("/letters/").removesuffix(".html")
        if not number.isdecimal():
            return None
        return Answer(LETTER.format(n=int(number), title=TITLE.format(int(number))))

    def _directory(self) -> str:
        rows = "".join(
            f"<li><a href='/letters/{n:04}.html'>{TITLE.format(n)}</a><span>2022-06-17</span></li>"
            for n in self.shown
        )
        return (
            f"<!doctype html><meta charset='utf-8'><body><ul class='menu'>{NAVIGATION}</ul>"
            f"<div class='main'><ul>{rows}</ul>{self.pager}</div></body>"
        )


def test_letters_at_plain_addresses_are_watched(tmp_path: Path) -> None:
    plain = PlainSite([*range(12, 0, -1)])
    with serve(Site(answering=plain.answer)) as site:
        asked = job(tmp_path, site.listing)
        first = crawl(asked)
        assert (first["outcome"], first["listed"], first["published"]) == ("complete", 12, 12)
        plain.shown.insert(0, 13)
        second = crawl(asked)
        assert (second["outcome"], second["listed"], second["published"]) == ("complete", 13, 1)
        again = crawl(asked)
    assert again["outcome"] == "complete"
    assert [again[kind] for kind in ("published", "edited", "delisted", "withdrawn")] == [0] * 4


def test_a_letter_that_slips_to_a_page_that_is_not_read_is_not_delisted(tmp_path: Path) -> None:
    pager = "<script>var purl='./l'; var maxPageNum=0; maxPageNum = 16; writePaging();</script>"
    plain = PlainSite([*range(240, 225, -1)], pager)
    with serve(Site(answering=plain.answer)) as site:
        asked = job(tmp_path, site.listing)
        crawls = [crawl(asked)]
        plain.shown = [*range(241, 226, -1)]
        crawls += [crawl(asked) for _ in range(3)]
    assert [each["outcome"] for each in crawls] == ["partial"] * 4
    assert all("maxPageNum = 16" in reasons(each)[0] for each in crawls)
    assert [each["published"] for each in crawls] == [15, 1, 0, 0]
    assert sum(each["delisted"] + each["withdrawn"] for each in crawls) == 0
