"""Wording that tells what a statement does: whether it asks, complains, reports a practice, or remarks.

Each cue is a pattern over the casefolded statement. They serve the facet and sentiment models as features.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_IMPERATIVES = (
    "add|allow|allocate|appoint|arrange|ask|avoid|ban|bring|build|buy|cap|change|check|clarify|close"
    "|combine|commission|connect|consider|create|cut|deliver|design|develop|don't|do not|drop|employ"
    "|enable|encourage|end|ensure|explain|extend|fix|focus|follow|fund|get|give|have|hire|hold"
    "|improve|include|increase|install|introduce|invest|invite|involve|keep|launch|let|limit|link"
    "|listen|look|lower|maintain|make|merge|move|offer|open|pay|plan|please|pls|plz|print|provide"
    "|publish|put|raise|recruit|reduce|remember|remove|repair|replace|require|restore|review|run"
    "|schedule|send|set|share|show|simplify|slow|speak|split|spend|standardise|start|stop|support"
    "|swap|switch|take|talk|teach|tell|test|train|treat|try|turn|update|upgrade|use|work|write"
    "|bear in mind|be sure|make sure|never|always|watch|expect|book|go for|choose|pick|skip|request"
    "|wear|pack|beware|be prepared|be aware|accept|act|adapt|adjust|advise|agree|aim|answer|apply"
    "|approach|arrive|attach|attend|back|beat|begin|block|borrow|break|call|calm|cancel|carry|catch"
    "|celebrate|challenge|charge|charter|chat|clean|clear|climb|collect|come|compare|compensate"
    "|complain|complete|concentrate|confirm|contact|continue|control|convert|cook|copy|count|cover"
    "|decide|define|delete|describe|disable|discount|discuss|display|distribute|divide|double"
    "|download|drive|earn|eat|educate|eliminate|enforce|enjoy|establish|evaluate|examine|exchange"
    "|expand|explore|expose|feed|fill|find|fine|finish|fit|force|forget|forgive|form|free|freeze"
    "|gather|grab|greet|group|grow|guide|hand|head|hear|help|hide|hike|hurry|identify|ignore"
    "|implement|import|inform|insist|inspect|integrate|join|jump|learn|leave|lend|load|lock|lose|love"
    "|manage|map|mark|match|measure|meet|mend|mention|mind|mix|monitor|negotiate|note|notify|order"
    "|organise|organize|outsource|paint|park|pass|pause|permit|phone|plant|play|point|post|practise"
    "|practice|prepare|present|press|prevent|prioritise|prioritize|promote|protect|punish|push|quit"
    "|quote|read|rearrange|receive|recognise|recognize|recommend|record|redesign|redo|redirect"
    "|regulate|relax|release|rely|remind|rename|rent|reply|report|reserve|resolve|respect|respond"
    "|rest|restrict|resurface|retain|return|revise|reward|ride|ring|rotate|save|scrap|seat|see|sell"
    "|separate|serve|settle|shorten|shut|sign|sit|sleep|sort|specify|spread|stand|stay|step|stick"
    "|store|subsidise|synchronise|tackle|target|tax|text|tidy|tour|track|transfer"
    "|translate|travel|trust|upload|value|vary|verify|visit|vote|wait|walk|warn|wash|weigh|widen"
    "|withdraw"
)
_BETTER = (
    "more|less|fewer|better|longer|shorter|clearer|earlier|later|bigger|smaller|cheaper|faster|slower|simpler|extra"
)
_WE = "we|our (?:team|council|trust|school|service|unit|department|charity|branch|group|office|company|practice|staff)"
_DOES = (
    "use|used|run|ran|hold|held|meet|met|publish|published|share|shared|send|sent|train"
    "|trained|review|reviewed|ask|asked|set|track|tracked|introduced|started|set up|built"
    "|moved|switched|appointed|created|developed|trialled|piloted|adopted|offer|offered"
    "|provide|provided|work|worked|keep|kept|give|gave|make|made|do|did|bring|brought|pay"
    "|paid|put|report|let|take|took|write|wrote|employ|invite|invited|record|check|rotate"
    "|test|tested|now"
)

# A verb in its plain form before its object: any word but these, or one with the ending of another form.
_NO_VERB = (
    r"(?!(?:in|on|at|by|for|from|with|of|to|as|like|than|about|after|before|over|under|through|during|without|and|or|but"
    r"|so|if|when|while|because|since|although|though|where|what|which|who|how|why|that|this|not|no|all|both|half|quite"
    r"|such|many|only|just|even|once|is|are|was|were|be|am|has|have|had|do|does|did|can|will|would|could|should|may|might"
    r"|i|we|you|he|she|it|they|there|here|then|yes|well|got|took|gave|made|went|came|saw|had|felt|found|met|kept|left"
    r"|told|said|sat|paid|sent|lost|spent|thought|bought|stood|ran|wrote|spoke|ate|around|near|inside|outside|between|up"
    r"|down|off|out|into|onto|per|via|despite|within|against|behind|beside|across|along|above|below|until|unless)\b)"
    r"(?!\w+(?:ed|s|ing|ly)\b)"
)
_OBJECT = "the|a|an|your|us|me|them|it|him|her|people|everyone|everybody|yourself|this|that|these|those|some|any|more"

_PATTERNS = {
    "for_whom": (
        r"\b(?:if|unless|for (?:those|anyone|anybody|people)|anyone|those)\b.{0,60}\b(?:want(?:s|ing)?|look(?:ing)?"
        r"|after|need(?:s|ing)?|like|prefer|plan(?:ning)?|interested|care|mind|expect(?:ing)?|travel\w*|stay\w*|visit\w*|come"
        r"|coming|go|going)\b.*\b(?:is|be|are|this|it|there|you|try|then|place|choice|one|elsewhere)\b"
    ),
    "place_for": (
        r"\b(?:place|choice|bet|spot|one|option|thing|course|session) (?:for|if|to)"
        r" (?:you|anyone|those|a|an|people)\b"
    ),
    "recommend_for": (
        r"\brecommend\w*\b.{0,40}\b(?:for|if|unless|when|(?:anyone|those|people|anybody|travellers)"
        r" (?:who|that|looking|wanting|with|on|in))\b"
    ),
    "aside_order": rf"(?:[(–—]|- ?)(?:so |just |please |do |and )?(?:{_IMPERATIVES}|wear|go|stay|see|turn)\b",
    "got_to": (
        r"\b(?:you(?:'ve| have)? got to|you gotta|worth (?:a|the|an)|do (?:check|try|see|visit|ask|take|go|have|not)\b)"
    ),
    "verb_first": rf"^(?:and |also |so |just |maybe |perhaps |definitely |but |\W)*{_NO_VERB}[a-z]+ (?:{_OBJECT})\b",
    "verb_after_comma": rf"[,:;.!\-] (?:so |then |and |just |please )?{_NO_VERB}[a-z]+ (?:{_OBJECT})\b",
    "do_not": (
        r"(?:^|[,:;.!] |\b(?:so|please|just) )"
        r"(?:do not|don't|dont|never|avoid|beware|be sure|be aware|be prepared)\b"
    ),
    "you_need": (
        r"\byou(?:'ll| will|'d| would| may| might| should| can| could)? (?:really |also |just |definitely )?"
        r"(?:want to|need to|need a|should|must|ought|better|are better|would be better|be better|can always|might)\b"
    ),
    "recommend_doing": (
        r"\b(?:recommend|suggest|advise|propose|consider|worth|best|better off|advice|tip)\b(?: is| would be)?"
        r"(?: to| that| you|:| against| \w+ing\b)"
    ),
    "should": r"\b(?:should|ought|must|had better)\b",
    "needs_to": r"\b(?:needs? to|needs? (?:a|an|more|some|better|proper)|need(?:s|ed)? to be)\b",
    "have_to": r"\b(?:has|have|had|having) to\b",
    "should_have_been": r"\b(?:should|could|would) (?:not )?(?:have|of) (?:been |liked |preferred )?",
    "i_could": r"\b(?:i|you|we|one) (?:could|can)\b",
    "for_example": (r"\b(?:for example|for instance|an example|here is|see the|below|as follows|steps)\b"),
    "should_be": (
        r"\b(?:should|must|needs? to|ought to|could|can|might) (?:also |really |just "
        r"|all )?(?:be|have)\b"
    ),
    "would_help": (
        r"\b(?:would|'d|could|might) (?:really |also |greatly |certainly )?(?:be|help|benefit"
        r"|like|love|prefer|welcome|appreciate|suggest|recommend|improve|make)\b"
    ),
    "would_be_good": (
        r"\bbe (?:\w+ )?(?:nice|good|great|helpful|useful|better|handy|ideal|lovely|worth"
        r"|wonderful|awesome|appreciated|beneficial|interesting|fantastic|easier)\b"
    ),
    "wish": (
        r"\b(?:i wish|we wish|wish (?:there|it|you|we|they)|if only|hope(?:fully)?|ideally"
        r"|would like|'d like|would love|'d love|want to see|like to see|looking forward to)\b"
    ),
    "please": r"\b(?:please|pls|plz|kindly)\b",
    "propose": (
        r"\b(?:suggest|suggestion|recommend|recommended|recommendation|advise|advice|propose"
        r"|proposal|request|idea|perhaps|maybe|feature request|vote|tip)\b"
    ),
    "how_about": (
        r"\b(?:how about|what about|why not|why don't|let's|let us|could (?:you|we|they|there"
        r"|it)|can (?:you|we|they|there)|would you|what if)\b"
    ),
    "imperative": rf"^(?:and |also |so |just |maybe |perhaps |but |\W)*(?:{_IMPERATIVES})\b",
    "later_imperative": (
        r"(?:[,:;.!] |\bplease |\bso |\band |\bthen )(?:also |just |please "
        rf"|at least )*(?:{_IMPERATIVES})\b"
    ),
    "i_want": (
        r"\b(?:i|we|users|people|developers|customers) (?:really )?(?:want|need|would like"
        r"|would love|'d like|'d rather)\b"
    ),
    "better_start": (
        rf"^(?:and |also |maybe |perhaps |a |a bit |some |much |slightly |\W)*(?:{_BETTER}"
        r"|need)\b"
    ),
    "better": rf"\b(?:{_BETTER})\b",
    "instead": (
        r"\b(?:instead|rather than|at least|next time|in future|in the future|so that"
        r"|as well as|an option|the option|option to|ability to)\b"
    ),
    "if_you": (
        r"\b(?:if (?:you|there|we|it|this|they|microsoft|someone) (?:\w+ )?(?:could|can|want"
        r"|were|was|would|had|are|have|go|like|need)|make sure|be sure|worth)\b"
    ),
    "first_we": rf"\b(?:{_WE})\b",
    "we_do": (
        rf"\b(?:{_WE})(?:'ve| have)? (?:also |now |then |always |all |simply |recently |only "
        rf"|each |just |never )?(?:{_DOES})\b"
    ),
    "we_have_done": (
        r"\b(?:we|i|they|team|council|trust)(?:'ve| have| has) (?:now |just |recently "
        r"|already |since |also )?\w+(?:ed|en|un|ut|lt|de|nt|ht|pt|ld|et|gun)\b"
    ),
    "routine": (
        r"\b(?:every|each|once a|twice a|weekly|monthly|quarterly|daily|annual(?:ly)?"
        r"|fortnightly|regular(?:ly)?|since|last year|this year|in place|at ours|at our|in our"
        r"|through|via)\b"
    ),
    "passive": (
        r"\b(?:is|are|was|were|gets?|been) (?:now |all |then |always )?\w+(?:ed|en|nt|ld|wn|ut"
        r"|de) (?:by|to|in|at|on|with|from|for|through|every|before|after|and|into)\b"
    ),
    "cannot": (
        r"\b(?:can't|cannot|cant|couldn't|unable|impossible|not (?:able|possible)|won't"
        r"|fail(?:s|ed|ing|ure)?)\b"
    ),
    "negation": (
        r"\b(?:no|not|never|nobody|no one|nothing|none|neither|nor|without|hardly|barely|n't"
        r"|\w+n't|dont|doesnt)\b"
    ),
    "lack": (
        r"\b(?:lack(?:s|ing|ed)?|shortage|missing|insufficient|inadequate|absence|no (?:time"
        r"|money|one|budget|staff|access|clear|real|way)|not enough|too (?:much|many|few"
        r"|little)|only one|short of|under-?staffed)\b"
    ),
    "too": r"\btoo \w+",
    "difficult": (
        r"\b(?:difficult(?:y|ies)?|hard|struggl\w+|problem\w*|issue\w*|trouble|barrier\w*"
        r"|obstacle\w*|challeng\w+|hurdle\w*|bottleneck\w*|confus\w+|frustrat\w+|annoy\w*"
        r"|broken|crash\w*|bug\w*|error\w*|slow\w*|delay\w*|late|wait\w*|poor\w*|bad\w*|worse"
        r"|worst|terrible|awful|rude|dirty|noisy|cold|expensive|costly|unclear|complicated"
        r"|cumbersome|unreliable|unfair|stuck|lost|waste\w*|wasting|burden\w*|overwhelm\w*"
        r"|exhaust\w*|gap\w*|silo\w*|conflict\w*|resist\w*|out of date|outdated|duplicat\w+"
        r"|inconsisten\w+|pressure|backlog\w*|shortfall|hate\w*)\b"
    ),
    "praise": (
        r"\b(?:good|great|excellent|brilliant|fantastic|lovely|helpful|useful|well|enjoy\w*"
        r"|love[ds]?|liked?|best|friendly|clear|clean|amazing|perfect|superb|impress\w+"
        r"|interesting|inspiring|thank\w*|happy|pleased|nice|kind|delicious|comfortable"
        r"|wonderful|outstanding|valuable|welcom\w+|professional|easy|polite|caring)\b"
    ),
    "think": (
        r"\b(?:i think|i feel|i found|i believe|i noticed|it seems|seems?|appears?|felt"
        r"|interesting that|surpris\w+|noticed|it is clear|clearly|in my view|in my opinion"
        r"|i was|i saw|i heard|striking)\b"
    ),
    "question": r"\?",
    "why": r"^(?:why|how come|how can|how do|who|when will)\b",
    "exclaim": r"!",
    "past": r"\b(?:was|were|had|did)\b",
    "present": r"\b(?:is|are|has|does|'s|'re)\b",
    "but": r"\b(?:but|however|although|though|yet|despite|unfortunately)\b",
    "and_we": r"\b(?:and|so) we\b",
    "verbless": (
        r"^(?!.*\b(?:is|are|was|were|has|have|had|do|does|did|be|been|'s|'re|'ve|can|will"
        r"|would|should)\b)"
    ),
    "gerund": r"^\w+ing\b",
}
_ORDERS = frozenset(_IMPERATIVES.split("|"))
CUES: dict[str, re.Pattern[str]] = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}


def is_order(word: str) -> bool:
    """Whether a word in lower case, at the start of a statement, often tells somebody to do something."""
    return word in _ORDERS


def cue_matrix(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """One row a text, one column a cue of ``CUES``, then three for length; float32 (n, len(CUES) + 3)."""
    rows = np.zeros((len(texts), len(CUES) + 3), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        plain = text[:1000].casefold().replace("’", "'").strip()
        row[: len(CUES)] = [pattern.search(plain) is not None for pattern in CUES.values()]
        words = len(plain.split())
        row[len(CUES) :] = (words <= 4, 5 <= words <= 12, words > 25)
    return rows
