/** Words for a warranty: borne out only by a fact of type warranty, or one that says so itself. */
export const warrantyPattern = {
  en: /\bwarrant(?:y|ies)\b/iu,
  de: /garantie(?!rt)|gewährleistung/iu,
} as const;

/** What takes the force out of a warning. */
export const softeners = {
  en: 'might|may want|could|should|ideally|tries|try to|if possible|where possible|when possible|preferably|it is best|best to|advisable|recommend\\w*|usually|normally|generally|mostly|often|sometimes|rather|probably|perhaps|maybe|if you like|if you wish|feel free|no need|need not|unless you|not necessarily|for long|too often|too much|optional\\w*|harmless|safely|no problem|a little',
  de: 'möglichst|idealerweise|lieber|sollten?|eventuell|vielleicht|am besten|normalerweise|in der regel|empfehl\\w*|empfohlen|nach möglichkeit|wenn möglich|eher|besser|ruhig|gerne?|meist(?:ens)?|gewöhnlich|üblicherweise|oft|häufig|manchmal|wahrscheinlich|könnten?|nicht unbedingt|nicht nötig|zu lange|allzu|optional|harmlos|problemlos|bedenkenlos|ein wenig',
} as const;

/** Negations that turn all of their clause, and those that turn only what follows them. */
export const negators = {
  en: {
    clause:
      "not|never|cannot|\\w+n['’]t|avoid\\w*|unsuitable|unsafe|forbidden|prohibited|off[- ]limits|refrain|skip|stop|keep (?:\\S+ ){0,5}?(?:out|away|off)|(?:stay|steer) (?:\\S+ )?(?:out|away|clear|off)|out of (?:the )?reach|leave (?:out|aside|(?:\\S+ ){1,4}(?:out|aside|alone|in the (?:drawer|cupboard)))|away from|do without",
    ahead: 'no|without|neither|nor|free (?:from|of)|instead of|rather than|other than|except|zero',
    behind: 'free',
  },
  de: {
    clause:
      'nicht|nie|niemals|keinesfalls|keineswegs|vermeid\\w*|meiden|verzicht\\w*|tabu|ungeeignet|verboten|untersagt|unterlassen|fern|ferngehalten|fernhalten|fernzuhalten|außer reichweite|außerhalb der reichweite|(?:lassen|lass|lässt) (?:\\S+ ){0,3}(?:weg|aus)|finger weg|fehl am platz',
    ahead:
      'kein|keine|keinen|keinem|keiner|keines|ohne|weder|noch|statt|anstatt|anstelle|frei von|außer',
    behind: 'frei|freie|freien|freies|freier|freiem',
  },
} as const;

/** After these words stands what a product is said to go with, to be made of or to contain. */
export const slots = {
  en: {
    compatibility:
      'compatible with|works? (?:well )?(?:with|on|in)|fits?(?: (?:into|in|on|onto|over|to))?|suitable for|suits|safe for|designed for|made for|goes (?:well )?with|pairs (?:well )?with',
    material: 'made (?:of|from|out of|with)|consists? of|crafted (?:of|from)',
    origin:
      '(?:made|woven|sewn|knitted|produced|manufactured|grown|roasted|crafted|built|assembled|bottled) (?:\\S+ ){0,4}?(?:in|near)',
    ingredient: 'contains?|enriched with|infused with|free (?:from|of)',
  },
  de: {
    compatibility:
      'kompatibel mit|geeignet für|eignet sich für|eignen sich für|pass(?:t|en)(?: auch| gut| genau| ebenso)? (?:zu|auf|in|an|über|mit)|gemacht für|funktioniert mit',
    material: 'besteh(?:t|en) (?:\\S+ ){0,3}aus|gefertigt aus|hergestellt aus|gemacht aus',
    origin:
      '(?:hergestellt|gefertigt|gewebt|genäht|gestrickt|produziert|angebaut|geröstet|abgefüllt) (?:in|bei|nahe)|stamm(?:t|en) aus',
    ingredient: 'enthält|enthalten|frei von|angereichert mit',
  },
} as const;
