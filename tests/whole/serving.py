"""A service that is started as a user starts it, and the address that it says it has."""

import re
import subprocess

from tests.whole.conftest import Project


def serving(project: Project) -> tuple[subprocess.Popen[str], str]:
    """Start the service of a project; return it, and its address, once it serves.

    Raises AssertionError, with all that the service said, where it ends before it serves.
    """
    service = project.start("serve")
    said = ""
    for line in service.stderr or ():
        said += line
        if at := re.search(r" INFO serving (http://\S+?)/?, watching", line):
            return service, at[1]
    service.communicate()
    raise AssertionError(said)
