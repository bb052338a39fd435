"""A change is put into the outbox of each channel that wants it, in its own transaction."""

import pytest

from crawler.job import CrawlJob
from letters.change import Significance
from letters.subscription import Subscription
from storage.outbox.notices import Notice, sendable
from tests.crawler.record.source import GONE, LONG, ComposedSource, page_of, url_of

ONE, OTHER = url_of("0001"), url_of("0002")
MAIL = Subscription("mail")
ROBOT = Subscription("robot", kinds=("withdrawn",))
EDITED = page_of("0001", LONG.format(918))


@pytest.fixture
def watched(source: ComposedSource) -> ComposedSource:
    """Return a source of two letters, crawled once, with two alert channels."""
    source.crawl({ONE: page_of("0001"), OTHER: page_of("0002")}, subscriptions=(MAIL, ROBOT))
    return source


def outbox(source: ComposedSource, channel: str) -> list[Notice]:
    with source.archive.reading() as connection:
        return sendable(connection, channel, ())


def test_a_first_crawl_is_silent(watched: ComposedSource) -> None:
    assert outbox(watched, "mail") == []


def test_a_change_waits_once_for_each_channel_that_wants_it(watched: ComposedSource) -> None:
    answers = {ONE: EDITED, OTHER: page_of("0002")}
    for _ in range(3):
        watched.crawl(answers, subscriptions=(MAIL, ROBOT), mass=1)
    (change,) = (each for each in watched.changes() if each.kind.value == "edited")
    assert [each.change_id for each in outbox(watched, "mail")] == [change.id]
    assert outbox(watched, "robot") == []
    for _ in range(2):
        watched.crawl(
            {ONE: EDITED, OTHER: GONE}, [ONE], subscriptions=(MAIL, ROBOT), mass=1, confirm=1
        )
    assert len(outbox(watched, "mail")) == 2
    assert len(outbox(watched, "robot")) == 1


def test_a_channel_that_comes_later_is_not_sent_the_past(watched: ComposedSource) -> None:
    answers = {ONE: EDITED, OTHER: page_of("0002")}
    watched.crawl(answers, mass=1)
    watched.crawl(answers, subscriptions=(MAIL,), mass=1)
    assert outbox(watched, "mail") == []


def test_a_held_change_waits_until_it_is_released(watched: ComposedSource) -> None:
    answers = {ONE: EDITED, OTHER: page_of("0002", LONG.format(918))}
    watched.crawl(answers, subscriptions=(MAIL,), mass=0.1)
    assert outbox(watched, "mail") == []
    watched.crawl(answers, subscriptions=(MAIL,), mass=0.1)
    assert len(outbox(watched, "mail")) == 2


def test_a_job_takes_its_subscriptions_to_another_process(source: ComposedSource) -> None:
    wanted = Subscription("mail", Significance.MINOR, ("edited", "outage"), words=("停车",))
    job = CrawlJob("", source.job.source, subscriptions=(wanted, MAIL))
    assert CrawlJob.from_line(job.to_line()) == job
