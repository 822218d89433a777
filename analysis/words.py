"""Short lists of English function words, written for titles and for lexical vectors."""

STOP_WORDS = frozenset(
    """
    a about above actually after again against all almost along already also although always am among an and
    another any anybody anyone anything anyway are aren't around as at away back be became because become been
    before being below besides best better between beyond both but by came can can't cannot come could couldn't
    definitely did didn't do does doesn't doing don't done down during each either else enough especially etc
    even ever every everybody everyone everything except far few first for from further gave general get gets
    getting give given gives go goes going gone good got great had hadn't has hasn't have haven't having he her
    here hers herself him himself his how however i i'd i'll i'm i've if in indeed instead into is isn't it
    it's its itself just keep kind know last least less let let's like likely little lot lots made mainly make
    makes making many may maybe me mean might mine more most mostly much must my myself near need needed needs
    never new next no nobody none nor not nothing now of off often ok okay on once one ones only onto or other
    others otherwise our ours ourselves out over own per perhaps please put quite rather re really right said
    same say says see seem seemed seems several shall she should shouldn't since so some somebody someone
    something sometimes somewhat soon still such sure take taken takes than thank thanks that that's the their
    theirs them themselves then there there's these they they're thing things think this those though thought
    through throughout thus till to together too took toward towards try two under unless until up upon us use
    used using usually very via want wanted wants was wasn't way ways we we'd we'll we're we've well went were
    weren't what what's whatever when where whether which while who whole whom whose why will with within
    without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
    """.split()
)
