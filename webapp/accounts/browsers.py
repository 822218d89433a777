"""A browser's long name for itself, as a person would say it."""

# In this order: each of the later ones stands in the earlier ones' names too.
PROGRAMS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def browser(user_agent: str) -> str:
    """Firefox on Windows; A browser where its name says nothing."""
    program = next((words for sign, words in PROGRAMS.items() if sign in user_agent), "A browser")
    system = next((words for sign, words in SYSTEMS.items() if sign in user_agent), "")
    return f"{program} on {system}" if system else program
