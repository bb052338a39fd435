"""Real pages of several families of sites, and the seed letter in a page of its own bureau's form."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.directory.page import read_directory
from crawler.http.decoding import decode
from crawler.http.snapshot import Snapshot
from crawler.page.classify import classify
from crawler.page.dom import Page
from crawler.page.reader import read_page
from letters.letter import Form, Kind, Letter
from letters.visit_span import VisitOutcome

SEED_URL = "https://fzggw.cq.gov.cn/zwgk/zfxxgkml/jytabl/tagk_53512/202205/t20220526_10749853.html"
SEED_TITLE = "重庆市发展和改革委员会关于市政协五届五次会议第0501号提案的复函"

# Each page: its title, its date, how its text begins, how many characters it has (0: only a file).
PAGES = [
    ("www.shanxi.gov.cn/t20190918_693227.html", "山西品牌丝路行（南美站）正式启动", "2019-09-18", "图为山西品牌"),
    ("fgw.zj.gov.cn/art_1621004_30332664.html", "1-10月德清县固定资产投资结构趋稳趋优", "2016-11-22", "1-10月，全县"),
    ("www.cmse.gov.cn/article.html", "载人航天工程全线备战空间站建造任务", "2021-01-05", "元旦佳节"),
    ("www.gov.cn/gongbao.html", "全国人民代表大会常务委员会关于批准财政部发行特别国债", "2007-08-20", "全国人民代表大会常务委员会"),
    ("hunb.nea.gov.cn/t20230913_65755_html.html", "关于印发《油气管网设施公平开放监管办法》的通知", "2020-12-09", "关于印发"),
    ("hunb.nea.gov.cn/t20230913_65756_html.html", "承装（修、试）电力设施许可证管理办法", "2020-12-09", ""),
    ("hunb.nea.gov.cn/t20230913_65757_html.html", "关于征求《湖南省电力辅助服务市场交易规则", "2020-12-09", "按照《中共中央"),
    ("hunb.nea.gov.cn/t20230913_65758_html.html", "关于征求《湖南省电力中长期交易规则", "2020-12-09", "为不断完善"),
    ("hunb.nea.gov.cn/t20230913_65759_html.html", "国家能源局关于印发《电力现货市场", "2020-12-09", "为加强电力现货"),
    ("hunb.nea.gov.cn/t20230913_65761_html.html", "国家能源局湖南监管办公室关于印发《湖南电网风电场", "2022-03-07", "解读文件"),
    ("hunb.nea.gov.cn/t20230913_65762_html.html", "关于印发《湖南省售电公司监管办法", "2022-04-19", "解读文件"),
    ("hunb.nea.gov.cn/t20230913_65763_html.html", "国家能源局湖南监管办公室关于印发《负荷侧", "2022-07-05", "市场运营机构"),
    ("hunb.nea.gov.cn/t20230913_65773_html.html", "关于印发《湖南省电力辅助服务市场交易规则", "2023-05-22", "政策解读"),
    ("hunb.nea.gov.cn/t20240201_238107_html.html", "国家发展改革委 国家能源局关于建立煤电容量", "2023-11-13", "https://www"),
    ("hunb.nea.gov.cn/t20240911_269225_html.html", "国家能源局湖南监管办公室关于印发《湖南电力辅助", "2024-09-11", "湖南能源监管办"),
    ("hunb.nea.gov.cn/t20241224_274387_html.html", "国家能源局关于印发《国家能源局行政处罚", "2024-12-24", ""),
    ("whlyw.cq.gov.cn/template.html", "重庆文旅之窗成功首秀举办第五届意大利全球设计日", "2021-07-13", "〔正文已取下〕"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "title", "published_on", "begins"), PAGES)
def test_title_date_and_body_of_a_real_page_are_found(
    real: Path, path: str, title: str, published_on: str, begins: str
) -> None:
    letter = _read((real / "pages" / path).read_bytes(), f"https://{path}")
    assert letter.title.startswith(title)
    assert letter.published_on == date.fromisoformat(published_on)
    assert letter.wording().startswith(begins)
    assert letter.wording() or letter.attachments


def test_the_title_of_a_bulletin_ends_where_the_document_s_own_does(real: Path) -> None:
    letter = _read((real / "pages" / "www.gov.cn" / "gongbao.html").read_bytes(), "https://x/")
    assert letter.title.endswith("余额限额的决议")


@pytest.mark.parametrize("host", ["sthjt.jiangxi.gov.cn", "jyt.gansu.gov.cn"])
def test_a_list_whose_rows_come_by_script_is_named_as_such(real: Path, host: str) -> None:
    html = (real / "pages" / host / "list-without-rows.html").read_text(encoding="utf-8")
    page = read_directory(html, f"http://{host}/")
    assert page.rows == ()
    assert page.is_written_by_script


@pytest.mark.parametrize(
    ("day", "reason"),
    [("20190422", "域名变更"), ("20190524", None), ("20191228", None), ("20230130", None)],
)
def test_a_notice_a_stub_or_a_page_without_its_body_is_no_letter(
    real: Path, day: str, reason: str | None
) -> None:
    body = (real / "recrawl" / f"{day}.html").read_bytes()
    url = "http://zjw.beijing.gov.cn/t20190101_1.html"
    verdict = classify(Snapshot(url, url, 200, {}, body, datetime.now(UTC)))
    assert verdict.outcome in {VisitOutcome.BROKEN, VisitOutcome.BLOCKED}
    assert reason is None or reason in str(verdict.reason)


@pytest.fixture(scope="module")
def seed(real: Path) -> Letter:
    text = (real / "seed-letter.txt").read_text(encoding="utf-8")
    lines = text.split("字体:")[1].replace("返回顶部", "").split("\n")
    template = (real / "pages" / "whlyw.cq.gov.cn" / "template.html").read_text(encoding="utf-8")
    page = template.replace("重庆文旅之窗成功首秀举办第五届意大利全球设计日", SEED_TITLE)
    page = page.replace("2021-07-13", "2022-06-17")
    start = page.index('<p style="text-indent: 32px;">')
    end = page.index("</p>", start)
    paragraphs = "</p><p>".join(lines)
    return _read(f"{page[:start]}<p>{paragraphs}{page[end:]}".encode(), SEED_URL)


def test_the_seed_letter_is_read_field_by_field(seed: Letter) -> None:
    assert seed.form is Form.REPLY
    assert seed.title == SEED_TITLE
    assert seed.number == "0501"
    assert seed.session == "市政协五届五次会议"
    assert seed.addressees == ("赵小华",)
    assert seed.subject == "将成渝地区重点打造为国际产业分工和承接转移示范区的建议"
    assert seed.agency == "重庆市发展和改革委员会"
    assert seed.co_handlers == (
        *("市经济信息委", "市住房城乡建委", "市科技局", "市交通局"),
        *("市政府口岸物流办", "市规划自然资源局"),
    )
    assert (seed.reviewer, seed.postcode) == ("董建国", "401121")
    assert (seed.phone, seed.contact) == ("67575783", "易盟茁")
    assert seed.signed_on_raw == "202267"


def test_the_dates_of_the_seed_letter_are_kept_apart(seed: Letter) -> None:
    assert seed.published_on == date(2022, 6, 17)
    assert seed.url_dated_on == date(2022, 5, 26)
    assert seed.signed_on == date(2022, 6, 7)


def test_the_headings_of_the_seed_letter_have_their_levels(seed: Letter) -> None:
    headings = [(block.level, block.text) for block in seed.body if block.level]
    assert headings[0] == (1, "一、总体工作情况")
    assert headings[1] == (2, "(一)打造优质平台,夯实承接基础")
    assert [level for level, _ in headings] == [1, 2, 2, 2, 2, 1]


def _read(body: bytes, url: str) -> Letter:
    return read_page(Page(decode(body, ""), url), Kind.PROPOSAL)
