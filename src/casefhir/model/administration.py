"""How a drug is given, in words: route, form, method, site and time of day → their canonical names."""

ROUTES = {
    "oral": "po|by mouth|per os|per oral",
    "intravenous": "iv",
    "subcutaneous": "sc|sq|subcut|subq|sub q",
    "intramuscular": "im",
    "rectal": "pr|per rectum",
    "topical": "",
    "inhalation": "inhaled|inh|inhalational",
    "intranasal": "nasal|nas",
    "sublingual": "sl",
    "buccal": "",
    "intrathecal": "",
    "intra-articular": "into the joint",
    "intravitreal": "",
    "transdermal": "",
    "ophthalmic": "ocular|conjunctival",
    "otic": "aural|auricular",
    "intradermal": "",
    "intraosseous": "io",
    "intraperitoneal": "ip",
    "intrapleural": "",
    "vaginal": "pv|per vaginam",
    "enteral": "feeding tube",
    "nasogastric": "ng|ngt|ng tube|nasogastric tube",
    "nasojejunal": "nj|njt|nj tube|nasojejunal tube",
    "orogastric": "og|ogt|og tube|orogastric tube",
    "gastrostomy": "peg|peg tube|gastrostomy tube",
    "jejunostomy": "jejunostomy tube",
    "epidural": "peridural",
    "intralesional": "",
    "intravesical": "",
    "intra-arterial": "",
    "intratracheal": "endotracheal",
    "intracardiac": "",
    "intracameral": "",
    "subconjunctival": "",
    "periarticular": "",
    "perineural": "",
    "intraventricular": "",
    "intralymphatic": "",
    "intrauterine": "",
    "intracavernous": "",
    "intratympanic": "",
    "intrabursal": "",
    "intratumoral": "intratumoural",
    "cutaneous": "on the skin|to the skin",
    "oromucosal": "",
    "dental": "",
    "urethral": "",
    "haemodialysis": "hemodialysis",
}
"""Route → its other words. Adverbs (`orally`) are made, hyphens and full stops (`p.o.`) do not count."""

FORMS = {
    "tablet": "tab|tabs",
    "capsule": "cap|caps",
    "suspension": "susp",
    "solution": "soln",
    "syrup": "",
    "injection": "inj",
    "infusion": "drip",
    "cream": "",
    "ointment": "",
    "gel": "",
    "lotion": "",
    "foam": "",
    "shampoo": "",
    "paste": "",
    "drops": "drop",
    "eye drops": "eye drop|eyedrops",
    "ear drops": "ear drop|eardrops",
    "nasal drops": "nasal drop|nose drops",
    "eye ointment": "",
    "patch": "patches",
    "suppository": "suppositories",
    "pessary": "pessaries",
    "inhaler": "metered-dose inhaler|dry powder inhaler|mdi|dpi",
    "nebulised solution": "nebulized solution|nebuliser solution|nebulizer solution|nebules|nebs",
    "spray": "",
    "nasal spray": "",
    "mouthwash": "mouthwashes|mouth rinse",
    "powder": "",
    "granules": "granule",
    "elixir": "",
    "lozenge": "troche|troches",
    "enema": "",
    "pen": "autoinjector|auto-injector|prefilled pen",
    "sachet": "",
    "film": "",
    "implant": "",
    "emulsion": "",
    "oil": "",
    "chewable tablet": "",
    "effervescent tablet": "",
    "dispersible tablet": "",
    "orodispersible tablet": "",
    "modified-release tablet": "extended-release tablet|slow-release tablet|sustained-release tablet"
    "|prolonged-release tablet|controlled-release tablet",
    "gastro-resistant tablet": "enteric-coated tablet",
    "modified-release capsule": "extended-release capsule|slow-release capsule|sustained-release capsule"
    "|prolonged-release capsule|controlled-release capsule",
    "prefilled syringe": "syringe",
    "vial": "",
}
"""Form → its other words; plurals are made."""

METHODS = {"bolus": "", "push": "", "continuous": "continuously"}
"""How it goes in → its other words."""

SITES = {
    f"{side} {place}": "" for place in ("eye", "ear", "nostril") for side in ("right", "left", "each")
} | {"both eyes": "", "both ears": "", "both nostrils": ""}
"""Where drops and sprays go."""

NEEDED = "as needed|prn|when needed|if needed|as required|when required|if required|on demand"
"""What makes a dose one that is given when needed."""

SINGLE = "single dose|a single dose|as a single dose|once only"
"""What makes a dose the only one."""

WHENS = {
    "MORN": "in the morning|mane",
    "NOON": "at noon|at midday",
    "AFT": "in the afternoon",
    "EVE": "in the evening",
    "NIGHT": "at night|nocte",
    "HS": "at bedtime|before bed|before sleep|before sleeping",
    "WAKE": "on waking",
    "AC": "before meals|before food|ac",
    "C": "with meals|with food|at meals|at mealtimes",
    "PC": "after meals|after food|pc",
    "ACM": "before breakfast",
    "CM": "with breakfast|at breakfast",
    "PCM": "after breakfast",
    "ACD": "before lunch",
    "CD": "with lunch|at lunch",
    "PCD": "after lunch",
    "ACV": "before dinner|before supper",
    "CV": "with dinner|with supper|at dinner|at supper",
    "PCV": "after dinner|after supper",
}
"""Code of a time of day → its words. Source: https://hl7.org/fhir/R4/valueset-event-timing.html"""
