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

# Words that may stand inside a heading, between its words.
LINKING = frozenset("of in for to on with and at from between as about by the a an our".split())

# A word after one of these is a verb; after one of those, part of a noun phrase.
VERB_MARKERS = frozenset(
    """
    to i we you they he she it who can can't cannot could couldn't should shouldn't would wouldn't will won't must
    may might don't didn't doesn't not never please let's i'd we'd you'd they'd also just always really
    """.split()
)
NOUN_MARKERS = frozenset(
    """
    the a an of this these those my our your their his her its more some any no in for with about on from at by many
    few each every another much less better good great nice
    """.split()
)

# Plain verbs that often stand at the edge of a run of words.
VERBS = frozenset(
    """
    add added adding allow allowed allows answer answered appear appeared appreciate appreciated apply ask asked asking
    avoid begin began believe believed belong bring bringing brought build buy call called came cause caused causes
    change changed check choose choosing click clicked close closed confuse confused consider continue cover covered
    create created cut deal decide declined delete depend deserve died disappear enable encourage end ended enforce
    enjoy enjoyed ensure exist expect expected experience explain explained explaining fail failed fall feel feels
    felt figure fill find finding finds finish finished fix follow followed forced forget found fund gain happen
    happened happens hate hear heard help helped helping helpful helps hope hoped improve improved include included
    includes increase increases install installed involve keep keeps kept knew lead leads learn learned learning
    learnt leave leaving left listen listened live lived lives look looked looking looks lose lost love loved matter
    miss missed missing move moved offer offered open pay paying paid perform place play post prefer prevent prevents
    promote promotes protect protects provide provided provides push pushed read reading realised receive received
    reduce reduces remember remove removed replace require required requires respect run running seeing send sent set
    share show showed showing shows sit speak spend spent spoke stand start started starting stay stayed stop stopped
    struggle struggled suffer suggest support supported talk talked talking teach tell telling tested thank told touch
    treat treated turn turned type typed understand understanding understood update visit wait waited walk watch wish
    wonder work worked works worry write writing wrote saying being having doing trying coming going using made
    """.split()
)

# Adjectives that must not end a heading.
ADJECTIVES = frozenset(
    """
    able absolute active actual advanced affordable amazing available awesome awful bad basic beautiful big bit boring
    brilliant busy certain clear cheap comfortable complete complex confusing cool current different difficult easy
    efficient engaging entire excellent excited existing expensive extra fair familiar fantastic fast final fine free
    friendly full fun general hard happy helpful high huge human important impressive individual interesting kind
    large late local long lovely low main major nearby necessary new normal old open other overall overwhelming own
    particular perfect personal pleasant polite poor positive possible practical professional public quick quiet real
    regular relevant right safe short similar simple single slow small social special specific strong super sure
    surprising terrible unclear unhelpful useful various welcoming whole wonderful wrong young
    """.split()
)

# Stems of words that praise, blame or count, and so name no theme by themselves.
WEAK = frozenset(
    """
    nice amaz awesom excel fantast brilliant wonder love perfect interest use help bad terribl aw poor happi pleas
    enjoy today yesterday day week year month time minut hour bit part person peopl experi problem issu work realli
    super cool import differ differ everyth much overal number stuff reason exampl case question better best fun feel
    appreci like good great find found learn way second content style
    present previou morn event tomorrow min complet everyth anyth glad deep past spot thing
    someon everyon peopl believ think need want
    one two three four five six seven eight nine ten twelv fifteen twenti thirti forti fifti hundr thousand million
    quarter half third doubl twice few lot last
    """.split()
)

# Given names, in lower case; with a capital in the text they are taken for a person.
FIRST_NAMES = frozenset(
    """
    aaron adam ahmed alan albert alex alexander alice ali amanda amy andrea andrew angela ann anna anne anthony
    barbara ben benjamin betty brian bruce carol caroline catherine charles charlotte chris christian christine
    christopher claire colin craig daniel dave david deborah dennis diana diane donald dorothy doug edward elaine
    elizabeth emily emma eric erik eva fatima frances francis frank fred gareth gary geoff george gerald graham greg
    hannah harry heather helen henry holly ian isabel jack jacob james jan jane janet jason jean jeff jennifer jenny
    jeremy jessica jim joan joanne joe john johan jonathan joseph joyce judith judy julia julie karen kate katherine
    kathleen keith kelly ken kenneth kevin kim larry laura lauren lee leon leonard lewis linda lisa liz louise lucy
    luke lynn marc margaret maria marie marion mark martin mary matt matthew maureen megan michael michelle mike
    mohammed nancy natalie neil nicholas nick nicola nigel oliver olivia pamela patricia patrick paul paula peter
    phil philip rachel radovan ralph raymond rebecca richard robert roger ronald rosemary ross roy ruth ryan sally
    samantha samuel sandra sara sarah scott sean sharon sheila simon sophie stephen steve steven stuart susan suzanne
    tanya teresa thomas tim timothy tina tom tony tracy trevor valerie victor victoria vincent virginia walter wayne
    wendy william yvonne zoe
    """.split()
)

# Given names that are words as well, and so are names only with a capital.
ALSO_WORDS = frozenset("ann april art bill dean frank grant jack jean joy mark may rose sue will".split())

# Never in a heading.
SWEARING = frozenset(
    """
    arse ass asses bastard bastards bitch bloody bollocks bullshit crap cunt damn damned dick dickhead fuck fucked
    fucker fuckers fucking goddamn hell idiot idiots moron morons piss pissed prick retard retarded shit shite shitty
    slut sucks twat wank wanker whore
    """.split()
)
