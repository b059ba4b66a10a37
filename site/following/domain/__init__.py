"""Everything that changes who follows what; each function says what it does besides, in order."""

from following.domain.asking import Wish, ask_to_follow, confirm, follow_at_once, send_manage_link
from following.domain.changing import (
    FollowingTooMuchError,
    change_frequency,
    end_for_reader,
    forget_address,
    forget_follower,
    resume,
    stop,
    stop_everything,
    tidy,
)
from following.domain.rounds import write_letters_at_once, write_rounds

__all__ = [
    "FollowingTooMuchError",
    "Wish",
    "ask_to_follow",
    "change_frequency",
    "confirm",
    "end_for_reader",
    "follow_at_once",
    "forget_address",
    "forget_follower",
    "resume",
    "send_manage_link",
    "stop",
    "stop_everything",
    "tidy",
    "write_letters_at_once",
    "write_rounds",
]
