"""A directory of few letters, what watches it since its first crawl, and its first letter."""

from typing import Any

from replica.document import Document


class Story:
    """A directory of few letters after its first crawl, and its first letter."""

    def __init__(self, quick: Any) -> None:
        self.replica, self.project, self.quick = quick.replica, quick.project, quick
        self.letter: Document = self.replica.directory.documents[0]

    def crawl(self, outcome: str = "complete") -> dict[str, Any]:
        ended: dict[str, Any] = self.quick.crawl()
        assert ended["outcome"] == outcome, ended["errors"]
        return ended

    def told(self) -> list[dict[str, Any]]:
        changes: list[dict[str, Any]] = self.quick.changes()
        return changes

    def kinds(self) -> list[str]:
        return [each["kind"] for each in self.told()]

    def status(self) -> str:
        url = self.replica.url + self.letter.path
        (found,) = (row["status"] for row in self.quick.letters() if row["url"] == url)
        return str(found)

    def visits(self) -> list[tuple[str, str | None]]:
        url = self.replica.url + self.letter.path
        events = self.project.rows("history", url, "--format", "jsonl")
        looks = [each["details"] for each in events if each["event"] == "visit"]
        return [(each["outcome"], each["reason"]) for each in looks]
