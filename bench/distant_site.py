"""A replica far away: each answer takes 50 ms, and costs nothing to compose when it is asked again.

`python -m bench.distant_site --port 8000 --letters 1050`
"""

import argparse
import asyncio
from functools import cache

from replica.compose import compose
from replica.server import Answer, Replica

LATENCY = 0.05  # seconds


class DistantSite:
    """Answers over HTTP with what a replica has, without noise."""

    def __init__(self, replica: Replica) -> None:
        self._answer = cache(replica.answer)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it is closed."""
        while request := await _request(reader):
            path, headers = request
            await asyncio.sleep(LATENCY)
            writer.write(_written(self._answer(path), headers))
            await writer.drain()
        writer.close()


async def _request(reader: asyncio.StreamReader) -> tuple[str, str] | None:
    """Return path and headers of the next request; None where no more come."""
    try:
        text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return text.split(" ", 2)[1], text


def _written(answer: Answer, headers: str) -> bytes:
    is_known = answer.etag is not None and f"If-None-Match: {answer.etag}" in headers
    status, body = ("304 Not Modified", b"") if is_known else (f"{answer.status} -", answer.body)
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {answer.content_type}"]
    lines += [f"Content-Length: {len(body)}", *([f"ETag: {answer.etag}"] if answer.etag else [])]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--letters", type=int, default=1050)
    asked = parser.parse_args()
    with Replica(compose(asked.letters, suggestions=0), noise=False) as replica:
        site = DistantSite(replica)
        server = await asyncio.start_server(site.serve, "127.0.0.1", asked.port)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
