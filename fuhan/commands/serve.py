"""Run the service: schedule, crawls and review pages."""

from secrets import token_bytes
from zoneinfo import ZoneInfo

from fuhan.command import command
from fuhan.config.load import find_config
from fuhan.context import CommandContext
from fuhan.service_wiring import Starters, run_service
from fuhan.terminal.logs import start_logs
from fuhan.watch_list import WatchList
from review.app import create_app
from review.settings import ReviewSettings


@command("fuhan serve --config /etc/fuhan/config.yaml")
def serve(context: CommandContext) -> None:
    """Crawl on schedule and show what is found.

    Pages, feed, API and metrics stand at review.host and review.port. SIGTERM ends it cleanly,
    SIGHUP lets it read its configuration again, which it does by itself when its file has changed.
    """
    start_logs(context, serving=True)
    secret = token_bytes(32)  # one for as long as it runs: forms outlast a SIGHUP
    run_service(
        find_config(context.config_file),
        lambda: context.config(serving=True),
        Starters(context.crawl_starter(many=True), context.probe_starter(), context.housekeeper()),
        lambda listed, archive, service, desk: create_app(
            archive, _settings(listed, secret), service, desk
        ),
    )


def _settings(listed: WatchList, secret: bytes) -> ReviewSettings:
    review = listed.config.review
    return ReviewSettings(
        host=review.host,
        base=review.base,
        token=review.token,
        people=review.people,
        trusted_header=review.trusted_header,
        secret=secret,
        hosts=review.hosts,
        cors=review.cors,
        timezone=ZoneInfo(listed.config.timezone),
        problems=listed.problems,
        sources=listed.shown,
    )
