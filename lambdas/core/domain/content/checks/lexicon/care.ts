import type { ConceptRow } from './concept.ts';

/** What is done to a product to keep it; a fact has to speak of it, and in the same sense. */
export const careActs: readonly ConceptRow[] = [
  [
    'machine-wash',
    'machine wash|machine washable|machine washed|machine washing|washing machine|wash in the machine|in the machine|wash cycle',
    'Waschmaschine|Maschinenwäsche|maschinenwaschbar|in der Maschine|in die Maschine',
  ],
  ['hand-wash', 'hand wash|by hand|wash by hand', 'Handwäsche|von Hand'],
  ['bleach', 'bleach|bleached|bleaching', 'bleichen|Bleichmittel|Bleiche|gebleicht'],
  [
    'tumble-dry',
    'tumble dry|tumble dried|tumble drying|tumble dryer|dryer|drier',
    'Trockner|Wäschetrockner|trocknergeeignet|Tumbler',
  ],
  ['iron', 'iron|ironing|ironed', 'bügeln|Bügeleisen|gebügelt|bügle'],
  [
    'dry-clean',
    'dry clean|dry cleaned|dry cleaning|dry cleaner',
    'chemisch reinigen|chemische Reinigung|chemisch gereinigt',
  ],
  ['fabric-softener', 'fabric softener|fabric conditioner|softener', 'Weichspüler'],
  ['spin', 'spin|spin cycle', 'schleudern|geschleudert'],
  ['wring', 'wring|wringing|wrung', 'wringen|auswringen|ausgewrungen'],
  ['soak', 'soak|soaking|soaked', 'einweichen|eingeweicht'],
  [
    'immerse',
    'immerse|immersing|submerge|immersed',
    'tauchen|eintauchen|untertauchen|getaucht|eingetaucht',
  ],
  ['rinse', 'rinse|rinsing|rinsed', 'abspülen|ausspülen|abgespült|ausgespült|abbrausen'],
  ['scrub', 'scrub|scrubbing|scour|scouring', 'scheuern|schrubben|abschrubben'],
  [
    'abrasive',
    'abrasive|scouring powder|scouring pad|scourer',
    'Scheuermittel|Scheuerschwamm|Scheuermilch|Topfreiniger',
  ],
  ['detergent', 'detergent|washing up liquid|dish soap', 'Spülmittel|Waschmittel|Reinigungsmittel'],
  ['polish', 'polish|polishing|polished', 'polieren|Politur|poliert'],
  ['sharpen', 'sharpen|sharpening|sharpened', 'schärfen|schleifen|nachschleifen'],
  ['descale', 'descale|descaling|descaler', 'entkalken|Entkalker|entkalkt'],
  ['sand', 'sandpaper|sand down|sanding', 'abschleifen|Schleifpapier|anschleifen'],
  ['paint', 'repaint|painting', 'streichen|überstreichen'],
  [
    'disinfect',
    'disinfect|sterilise|sterilize|sanitise|sanitize',
    'desinfizieren|sterilisieren|auskochen',
  ],
  ['pressure-wash', 'pressure washer|jet wash', 'Hochdruckreiniger'],
  ['steam-clean', 'steam clean|steam cleaner', 'Dampfreiniger'],
  ['wax', 'waxing|wax it', 'wachsen|einwachsen'],
  ['impregnate', 'impregnate|re proof|reproof', 'imprägnieren|Imprägnierspray'],
  ['fold', 'fold|folded', 'falten|gefaltet|zusammenfalten'],
];

/** Temperatures in words. */
export const heats: readonly ConceptRow[] = [
  [
    'cold-water',
    'cold water|cold wash|cool water',
    'kaltes Wasser|kaltem Wasser|kalt waschen|Kaltwäsche',
  ],
  ['lukewarm-water', 'lukewarm water|lukewarm|tepid', 'lauwarm|handwarm', 'warm-water'],
  ['warm-water', 'warm water', 'warmes Wasser|warmem Wasser'],
  ['hot-water', 'hot water|hot wash', 'heißes Wasser|heißem Wasser|heiß waschen'],
  [
    'boiling-water',
    'boiling water|boil wash',
    'kochendes Wasser|kochendem Wasser|Kochwäsche|sprudelndes Wasser',
  ],
  ['ice-water', 'ice water|iced water', 'Eiswasser'],
  [
    'low-heat',
    'low heat|gentle heat|low temperature',
    'niedrige Hitze|geringe Hitze|schwache Hitze|niedrige Temperatur',
  ],
  ['medium-heat', 'medium heat|moderate heat', 'mittlere Hitze'],
  [
    'high-heat',
    'high heat|full heat|highest heat|high temperature',
    'hohe Hitze|hoher Hitze|hohen Hitze|großer Hitze|starker Hitze|voller Hitze|starke Hitze|große Hitze|volle Hitze|hohe Temperatur|höchste Stufe',
  ],
  ['room-temperature', 'room temperature', 'Zimmertemperatur|Raumtemperatur'],
  ['cool-iron', 'cool iron|low iron', 'kühl bügeln|lauwarm bügeln'],
  ['hot-iron', 'hot iron', 'heiß bügeln'],
  ['wool-cycle', 'wool cycle|wool programme|wool program', 'Wollprogramm|Wollwaschgang'],
  ['delicate-cycle', 'delicate cycle|gentle cycle', 'Schonwaschgang|Feinwaschgang|Feinwäsche'],
];
