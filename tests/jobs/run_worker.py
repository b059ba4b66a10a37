"""A worker in a process of its own, with a quick pulse; `python -m tests.jobs.run_worker`."""

import django

django.setup()

from jobs.working import Working  # noqa: E402 -- the models are ready only now

if __name__ == "__main__":
    working = Working(idle_seconds=0.05, beat_seconds=0.2)
    working.listen_to_signals()
    working.run()
