"""A small list of comments on four matters, written for these tests."""

PARKING = [
    "Parking at the venue is far too dear",
    "There was nowhere to park near the hall",
    "More parking spaces please",
    "The car park was full by nine",
    "We need cheaper parking",
    "I could not find the car park entrance",
    "Parking costs more than the train",
    "Please arrange parking permits for delegates",
    "The car park charges are a disgrace",
    "Disabled parking was blocked by vans",
]
FOOD = [
    "The sandwiches at lunch were stale",
    "Lunch was cold by the time we got it",
    "Vegetarian food ran out at lunch",
    "The lunch queue took forty minutes",
    "Lovely soup and fresh bread at lunch",
    "Could lunch include hot food?",
    "No vegan food at all",
    "The food was tasty but there was too little",
    "Better coffee and food in the breaks, please",
    "The buffet lunch was excellent",
]
SOUND = [
    "The microphone kept cutting out",
    "I could not hear the speaker at the back",
    "The sound in the main hall was poor",
    "Loudspeakers crackled all morning",
    "Use a proper microphone for questions",
    "The hearing loop did not work",
    "Speakers should hold the microphone closer",
    "Audio was too quiet in the workshop room",
    "Nobody could hear questions from the floor",
    "The sound system needs replacing",
]
BUDGET = [
    "Our council has no budget for performance software",
    "Budget cuts stop us measuring anything",
    "We share the cost of an analyst with the next council",
    "Money for data work disappears every spring",
    "The budget is set before the targets are known",
    "Councils need a grant to pay for better data",
    "Finance and performance teams should set the budget together",
    "We cut the budget for surveys by half",
    "Spending on consultants eats the whole budget",
    "A pooled budget has worked well for us",
]
COMMENTS = PARKING + FOOD + SOUND + BUDGET
MATTERS = [0] * 10 + [1] * 10 + [2] * 10 + [3] * 10
