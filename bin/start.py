"""Runs a command of this folder under a Python that is new enough: `python3 bin/start.py demo`.

This file alone must be readable by an old Python, so that it can say what is wrong; the others use Python 3.11.
"""

import os
import runpy
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def newer_python():  # type: ignore[no-untyped-def]  # old Pythons
    """The path of a Python that is new enough, or nothing."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 -- old Pythons
        for name in NEWER:
            for folder in os.environ.get("PATH", "").split(os.pathsep):
                path = os.path.join(folder, name)  # noqa: PTH118 -- old Pythons
                if os.access(path, os.X_OK) and subprocess.call([path, "-c", "import venv"], stderr=nowhere) == 0:
                    return path
    return None


if __name__ == "__main__":
    folder = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 -- old Pythons
    if sys.version_info < OLDEST:
        other = newer_python()
        if other is None:
            sys.exit(
                "PRTR Commons needs Python 3.11 or later, and this is " + sys.version.split()[0] + ". Install a newer "
                "one (on Debian or Ubuntu, as root: apt-get install python3 python3-venv), or name one: "
                "make PYTHON=/path/to/python3 demo"
            )
        os.execv(other, [other] + sys.argv)  # noqa: RUF005, S606 -- old Pythons; a Python found on the path
    name = sys.argv[1]
    sys.argv = sys.argv[1:]
    sys.path[0] = folder
    runpy.run_path(os.path.join(folder, name + ".py"), run_name="__main__")  # noqa: PTH118 -- old Pythons
