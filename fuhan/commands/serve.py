"""Run the service: schedule, crawls and review pages."""

from secrets import token_bytes
from zoneinfo import ZoneInfo

from fuhan.command import command
from fuhan.config.load import find_config
from fuhan.config.sections import Config
from fuhan.context import CommandContext
from fuhan.service_wiring import run_service
from fuhan.terminal.logs import start_logs
from review.app import create_app
from review.settings import ReviewSettings, WatchedSource


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
        context.crawl_starter(many=True),
        lambda listed, archive, service: create_app(
            archive, _settings(listed.config, secret), service
        ),
    )


def _settings(config: Config, secret: bytes) -> ReviewSettings:
    review = config.review
    return ReviewSettings(
        host=review.host,
        base=review.base,
        token=review.token,
        people=review.people,
        trusted_header=review.trusted_header,
        secret=secret,
        hosts=review.hosts,
        cors=review.cors,
        timezone=ZoneInfo(config.timezone),
        sources=tuple(
            WatchedSource(each.name, each.agency, each.kind, each.listing)
            for each in config.sources
        ),
    )
