"""Words that the splitter knows: abbreviations, sentence openers, interjections, and ways to say nothing."""

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in listed.split("|"))


# Never the end of a sentence, whatever follows.
ABBREVIATIONS = _words("""
    dr mr mrs ms mx prof rev revd hon cllr cllrs rt sir st ste gen col capt lt sgt insp supt cdr maj
    messrs mme e.g eg i.e ie cf viz vs v fig figs eq ch para paras p pp vol ed eds no nos nr art ref
    refs tel ext approx appx ca circa esp incl excl est avg max temp resp gov mt bzw z.b d.h u.a s.o nb
    n.b q.v w.r.t a.k.a aka
""")
# Abbreviations that also end sentences: a capital after them begins a new one.
MAY_END = _words("""
    etc ltd inc co corp plc llp bros jr sr esq ph.d phd ba bsc msc a.m p.m am pm al dept depts div rd
    ave blvd hr hrs min mins sec secs yr yrs wk wks mth mths jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thur thurs fri sat sun govt mgmt misc assoc univ
""")
# Words that open a sentence when capitalised, even after an initial or "U.K.".
OPENERS = _words("""
    the a an i it we he she they this that these those there here my our your his her their its you and
    but or so also if in on at for with from as when while where what which who why how is are was were
    do does did can could should would will may might must have has had no not none nothing some many
    most more all any both each every please thank thanks then than because however although after
    before since perhaps maybe very really too only just still even again let make give keep get being
    having overall despite unfortunately hopefully staff people everyone everything someone somebody
    nobody
""")
# Words of one or two letters that may stand before a full stop although the next word has no capital.
SHORT_WORDS = _words("it do us is me up so go on in be at by to we he my if of or as an ok tv uk eu")

INTERJECTIONS = _phrases("""
    yes|no|yep|yeah|yup|nope|ok|okay|oh|ah|wow|great|good|nice|super|brilliant|excellent|fantastic
    |amazing|perfect|lovely|wonderful|awesome|cool|thanks|thank you|many thanks|thanks a lot|cheers|ta
    |well done|good job|great job|hi|hello|hey|dear all|sorry|please|agreed|agree|absolutely|definitely
    |exactly|true|indeed|sure|of course|maybe|perhaps|hmm|well|right|fine|bravo|congratulations|congrats
    |kudos|alas|ugh|ouch|really|not really|diolch|merci|danke|gracias
""")

NOTHING = _phrases("""
    n/a|na|n a|nil|none|nothing|nothin|nuffin|nowt|nought|zero|no|nope|nah|not really|not applicable
    |does not apply|null|blank|x|xx|xxx|tbc|tba|idk|dk|dunno|d/k|n/k|nk|as above|see above|as before
    |as previous|as stated above|as previously stated|as per above|as mentioned above|as i said above
    |above|same|same as above|same again|ditto|as below|see below|see previous answer|see previous
    |as per previous answer|see other answer|already answered|pass|skip|not sure|unsure|i am unsure
    |i'm unsure|i am not sure|i'm not sure|not known|unknown|no idea|don't know|do not know|i don't know
    |i do not know|dont know|can't say|cannot say|can't think of anything|cannot think of anything
    |can't think of any|can't think of anything else|i can't think of anything|not yet|not at the moment
    |not at this time|not that i can think of|prefer not to say|rather not say|to follow|no reply|dim
    |dim byd|dim sylw|dim sylwadau|dim i'w ychwanegu|dim byd i'w ychwanegu|dim rhagor|amherthnasol
    |dim o gwbl|ddim yn berthnasol|fel uchod|gweler uchod|nac oes|nage|naddo|ddim yn gwybod|dim syniad
    |dim byd o gwbl|rien|rien à ajouter|rien a ajouter|rien à signaler|ras|aucun|aucune
    |aucun commentaire|néant|neant|sans objet|pas de commentaire|pas de commentaires|non|idem
    |comme ci-dessus|voir ci-dessus|je ne sais pas|rien du tout|nichts|nix|keine|keiner|keines
    |kein kommentar|keine angabe|keine anmerkungen|keine kommentare|nein|entfällt|siehe oben|wie oben
    |nicht zutreffend|weiß nicht|nichts hinzuzufügen|k a|gar nichts|nada|nada más|ninguno|ninguna
    |ningún comentario|sin comentarios|sin comentario|no aplica|no procede|no sé|nada que añadir
    |igual que arriba|lo mismo|niente|nulla|nessuno|nessuna|nessun commento|niente da aggiungere
    |come sopra|non so|nenhum|nenhuma|nada a acrescentar|sem comentários|não|não se aplica|niets|niks
    |geen|geen opmerkingen|geen commentaar|nvt|n v t|nee|zie boven|niet van toepassing|weet niet|nic
    |brak|nie|nie dotyczy|bez uwag|brak uwag|nic do dodania|jak wyżej|nie wiem|inget|ingenting|inga
    |inga kommentarer|nej|ej aktuellt|se ovan|vet ej|ingen|ingen kommentar|ingen kommentarer|intet
    |ikke relevant|nei|ei|ei mitään|ei kommentteja|ei ole|midagi|nieko|nekas|faic|rud ar bith|níl
    |chan eil|yok|hiçbir şey|hayır|nimic|nu|semmi|nincs|nem|nemám|žádné|ne|ništa|nič|không|không có|wala
    |tidak ada|hamna|hakuna|waxba|ничего|нет|никаких|нічого|немає|ні|няма|нищо|ништа|τίποτα|όχι|κανένα
    |אין|כלום|לא|لا شيء|لا يوجد|لا|کچھ نہیں|نہیں|هیچ|कुछ नहीं|नहीं|ਕੁਝ ਨਹੀਂ|ਨਹੀਂ|কিছু না|না|无|無|没有|沒有
    |无意见|なし|特になし|ありません|없음|없습니다
""")

_SUBJECT = (
    "(?:comments?|thoughts?|remarks?|suggestions?|feedback|response|opinions?|views?|answers?|ideas?|improvements?)"
)
_TAILS = "|".join(
    (
        "really|at all|else|further|more|much|specific|here|yet|today|as above|really to add|on (?:this|that)",
        "to (?:add|report|say|declare|mention|note|comment(?: on)?)",
        f"(?:(?:further|other|additional|more|particular|specific) )?{_SUBJECT}",
        "in particular|of note|i can think of|(?:comes|springs) to mind|(?:for|from) (?:me|us)|to be honest",
        "as yet|so far|right now|for now|at (?:the|this) (?:moment|time|stage|point)",
    )
)
NOTHING_PATTERN = re.compile(
    "(?:(?:i have|i've|i've got|there is|there's|we have) )?(?:(?:absolutely|sorry) )?"
    "(?:no|nothing|none|nil|n/a|nope|not really|(?:not|nothing) that i can think of|nothing comes to mind)"
    f"(?: (?:{_TAILS}))*(?: (?:thanks|thank you|thx|cheers|sorry))?"
)
