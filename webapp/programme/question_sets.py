"""Ready sets of questions, added to an event with one click and changed there as one likes."""

from typing import NamedTuple


class ReadyQuestion(NamedTuple):
    """A question as a set offers it."""

    text: str
    kind: str = "free_text"
    help: str = ""
    choices: tuple[str, ...] = ()
    about_project: bool = False


QUESTION_SETS: dict[str, tuple[ReadyQuestion, ...]] = {
    "Conference feedback": (
        ReadyQuestion(
            "How useful was this event for your own work?",
            "rating",
            "1 means not useful at all, 5 means very useful.",
        ),
        ReadyQuestion("What did you hear that you will use, and how?"),
        ReadyQuestion("What was missing, or should have been done differently?"),
        ReadyQuestion("What gets in the way of doing this well where you work?"),
        ReadyQuestion(
            "Which parts of the day were worth your time?",
            "several_choices",
            "Choose as many as you like.",
            ("Presentations", "Group discussions", "Questions and answers", "Talking to others in the breaks"),
        ),
        ReadyQuestion("Would you tell a colleague to come next time?", "one_choice", "", ("Yes", "Perhaps", "No")),
    ),
    "Where are we, where do we need to be, how do we get there": (
        ReadyQuestion("Where are we?", help="What is it like in your organisation today? What works, what does not?"),
        ReadyQuestion("Where do we need to be?", help="What would it look like if it were done well?"),
        ReadyQuestion("How do we get there?", help="What has to change, who has to act, what would help most?"),
    ),
    "About the project": (
        ReadyQuestion("What should this project produce that you would really use?", about_project=True),
        ReadyQuestion("What should it take care not to become?", about_project=True),
        ReadyQuestion(
            "What would help you most?",
            "several_choices",
            "Choose as many as you like.",
            (
                "Worked examples from other places",
                "A way to see where we stand",
                "Guidance step by step",
                "Training",
                "Visits and exchange",
            ),
            about_project=True,
        ),
    ),
}
