"""Every write of this room, by name: what others import."""

from .agreeing import agree_to_lines
from .erasing import erase_response
from .floor_asking import ask_question, back_question
from .floor_moderating import answer_question, hide_question, mark_question, show_question
from .floor_rules import set_floor_rules
from .importing import import_comments
from .note_taking import add_note, delete_note, edit_note, restore_note
from .responding import (
    correct_response,
    leave_out,
    receive_response,
    submit_response,
    subscribe_to_news,
    withdraw_response,
)

__all__ = [
    "add_note",
    "agree_to_lines",
    "answer_question",
    "ask_question",
    "back_question",
    "correct_response",
    "delete_note",
    "edit_note",
    "erase_response",
    "hide_question",
    "import_comments",
    "leave_out",
    "mark_question",
    "receive_response",
    "restore_note",
    "set_floor_rules",
    "show_question",
    "submit_response",
    "subscribe_to_news",
    "withdraw_response",
]
