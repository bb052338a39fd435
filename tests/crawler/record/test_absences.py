"""When a letter is withdrawn or delisted, and when changes are held: what a whole crawl shows."""

import pytest

from tests.crawler.record.source import GONE, UNREACHED, ComposedSource, page_of, url_of

ONE, OTHER = url_of("0001"), url_of("0002")
HERE = {ONE: page_of("0001"), OTHER: page_of("0002")}
AWAY = {ONE: GONE, OTHER: page_of("0002")}


@pytest.mark.parametrize(
    ("crawls", "kinds"),
    [
        pytest.param([(AWAY, [OTHER], True)], [], id="gone in one crawl: suspect"),
        pytest.param([(AWAY, [OTHER], True)] * 2, ["withdrawn"], id="gone and unlisted in two"),
        pytest.param([(AWAY, [ONE, OTHER], True)] * 2, ["withdrawn"], id="gone and listed in two"),
        pytest.param([(AWAY, [OTHER], False)] * 3, [], id="gone, the directory read in part"),
        pytest.param(
            [(AWAY, [OTHER], True), (HERE, [ONE, OTHER], True), (AWAY, [OTHER], True)],
            [],
            id="gone, back, gone: the count begins anew",
        ),
        pytest.param(
            [({**HERE, ONE: UNREACHED}, [ONE, OTHER], True)] * 3, [], id="no answer in three"
        ),
        pytest.param([(HERE, [OTHER], True)], [], id="unlisted in one crawl"),
        pytest.param([(HERE, [OTHER], True)] * 2, ["delisted"], id="unlisted in two, and served"),
        pytest.param([(HERE, [OTHER], False)] * 3, [], id="unlisted, the directory read in part"),
        pytest.param(
            [({**HERE, ONE: UNREACHED}, [OTHER], True)] * 3, [], id="unlisted and no answer"
        ),
        pytest.param(
            [(AWAY, [OTHER], True)] * 2 + [(HERE, [ONE, OTHER], True)],
            ["withdrawn", "restored"],
            id="withdrawn and back",
        ),
        pytest.param(
            [(HERE, [OTHER], True)] * 2 + [(HERE, [ONE, OTHER], True)],
            ["delisted", "restored"],
            id="delisted and back",
        ),
    ],
)  # fmt: skip
def test_a_letter_is_absent_when_enough_whole_crawls_agree(
    source: ComposedSource, crawls: list[tuple[dict[str, str], list[str], bool]], kinds: list[str]
) -> None:
    source.crawl(HERE)
    for answers, listed, whole in crawls:
        source.crawl(answers, listed, whole=whole)
    assert source.kinds() == kinds


def test_confirm_says_how_many_crawls_must_agree(source: ComposedSource) -> None:
    source.crawl(HERE)
    for crawls in range(1, 4):
        source.crawl(AWAY, [OTHER], confirm=3)
        assert source.kinds() == (["withdrawn"] if crawls == 3 else [])


def test_a_withdrawal_happened_between_the_last_page_and_the_first_answer_without(
    source: ComposedSource,
) -> None:
    source.crawl(HERE)
    served = source.clock.at
    for _ in range(2):
        source.crawl(AWAY, [OTHER])
    (change,) = (each for each in source.changes() if each.kind.value == "withdrawn")
    assert change.window.after is not None
    assert change.window.after <= served < change.window.before < change.detected_at


def test_listed_letters_that_are_gone_in_number_are_their_host_s_fault(
    source: ComposedSource,
) -> None:
    letters = {url_of(f"{n:04}"): page_of(f"{n:04}") for n in range(20)}
    source.crawl(letters)
    sick = {url: GONE if n < 10 else page for n, (url, page) in enumerate(letters.items())}
    for _ in range(3):
        source.crawl(sick)
    assert source.kinds() == []


def test_a_letter_that_may_be_listed_elsewhere_is_not_withdrawn(source: ComposedSource) -> None:
    source.crawl(HERE)
    new = url_of("0001", "202301")
    for _ in range(3):
        source.crawl({**AWAY, new: UNREACHED}, [OTHER, new])
    assert source.states() == ["suspect", "published"]
