"""The worker's side: letters to those who follow something."""

from django_tasks import task

from following import domain


@task()
def write_news() -> int:
    """Write every letter that is due, at once, daily or weekly; return how many."""
    return domain.write_letters_at_once() + domain.write_rounds()


@task()
def tidy_subscriptions() -> int:
    """Drop questions that nobody answered, and what was stopped long ago; return how many rows."""
    return domain.tidy()
