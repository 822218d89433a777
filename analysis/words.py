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
    comes coming knew knows saying says thinking thinks wanting needing
    theirs them themselves then there there's these they they're thing things think this those though thought
    through throughout thus till to together too took toward towards try two under unless until up upon us use
    used using usually very via want wanted wants was wasn't way ways we we'd we'll we're we've well went were
    weren't what what's whatever when where whether which while who whole whom whose why will with within
    without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
    """.split()
)

# Words that may stand inside a heading, between its words.
LINKING = frozenset("of in for to on with at from between about against without the".split())

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

# Gerunds of verbs that say nothing without what follows.
LIGHT_VERBS = frozenset(
    """
    asking being becoming bringing coming doing feeling finding following getting giving going happening having
    helping hoping keeping knowing letting liking looking loving making meaning missing needing putting saying
    seeing seeming showing starting stopping taking talking telling thinking trying turning using wanting wishing
    wondering working allowing including regarding according concerning considering depending ensuring providing
    """.split()
)

# Words that judge, compare or count: they may stand inside a heading but not open it.
VAGUE = frozenset(
    """
    able absolute actual additional amazing another available awesome awful bad basic beautiful best better big
    added couple deeper deep short shorter longest daft bigger biggest bit boring brilliant certain clear clearer
    complete confusing cool correct current different
    difficult easier easy engaging enough entire equal excellent exciting extra fair familiar fantastic few fewer
    final fine former full fun funny further general good great greater greatest happy hard harder helpful huge
    important impressive individual interesting key kind large larger last later latter least less likely little
    long longer lot lovely low lower main major many maximum mere minor more most much multiple nearby necessary
    new next nice normal numerous obvious ok okay old only other overall overwhelming own particular past perfect
    personal pleasant polite poor positive possible potential present previous proper pure quick real realistic
    really recent regular related relevant remaining respective right same second separate serious several
    significant similar simple single slow slower small smaller smooth sole special specific strong such super
    sure surprising terrible third tiny top total true typical unclear unhelpful upcoming useful usual various
    vast very weird welcoming whole wonderful worst worse worth wrong valuable
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
    end start begin level area multitud type amount rang section aspect form fact chanc possibl futur overview
    eas look fault favour favor comment view set kind sort side place item matter idea manner sens
    """.split()
)

# Of the weak words those that may end a heading, where another word says which: "waiting times".
CLOSING = frozenset(
    """
    time hour minut person peopl experi problem issu work question level area section type view place side rang
    style reason cost
    """.split()
)

# Words of thanks and of praise; and those that turn praise into a wish or its opposite.
THANKS = frozenset("appreciate appreciated cheers congrats grateful gratitude kudos thank thankful thanks".split())
PRAISE = frozenset(
    """
    amazing awesome best brilliant enjoy enjoyed enjoying excellent exceptional fab fabulous fantastic good great happy
    impressed impressive incredible inspiring love loved lovely marvellous nice outstanding perfect pleased satisfied
    splendid super superb terrific wonderful
    """.split()
)
WISHING = frozenset(
    """
    but bad better cannot can't could couldn't didn't doesn't don't difficult however if isn't maybe more no not perhaps
    please should too unfortunately want wasn't wish won't would
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

# A sentence that opens with one of these leans on what was said before it, or speaks to somebody.
LEANING = frozenset(
    """
    actually again also although each everything nobody something whatever
    and another anyway as because but either else especially even for he hence here
    his how however i'd i'll i've if instead it it's its like maybe neither nor nope not now ok okay one or otherwise
    over perhaps same she similarly so still such thank thanks that that's their them then therefore there these they
    they'd they'll they're they've this those though thus too well what when where which while who why yeah yes yet
    """.split()
)
