/** A unit: dimension, and what a number of it is multiplied by to get that of the dimension's base unit. */
export interface Unit {
  readonly id: string;
  readonly dimension: string;
  readonly factor: number;
}

/**
 * id, dimension, factor, and how it is written in English and German (separated by `|`, without case). Months and
 * years are apart from days: a month has no fixed number of them. Degrees Celsius and Fahrenheit are dimensions
 * of their own, so neither is converted. Imperial units by the international yard and pound of 1959.
 */
const rows: readonly (readonly [string, string, number, string])[] = [
  ['mm', 'length', 0.001, 'mm|millimetre|millimetres|millimeter|millimeters|millimetern'],
  ['cm', 'length', 0.01, 'cm|centimetre|centimetres|centimeter|centimeters|zentimeter|zentimetern'],
  ['dm', 'length', 0.1, 'dm'],
  ['m', 'length', 1, 'm|metre|metres|meter|meters|metern'],
  ['km', 'length', 1000, 'km|kilometre|kilometres|kilometer|kilometers|kilometern'],
  ['µm', 'length', 1e-6, 'µm|μm|micron|microns'],
  ['in', 'length', 0.0254, 'inch|inches|zoll|"|″|in.'],
  ['ft', 'length', 0.3048, 'ft|foot|feet|fuß'],
  ['yd', 'length', 0.9144, 'yard|yards'],
  ['m2', 'area', 1, 'm²|m2|sqm|square metres|square meters|quadratmeter|quadratmetern'],
  ['cm2', 'area', 0.0001, 'cm²|cm2'],
  ['ml', 'volume', 0.001, 'ml|millilitre|millilitres|milliliter|milliliters|millilitern'],
  ['cl', 'volume', 0.01, 'cl|centilitre|centilitres|zentiliter'],
  ['dl', 'volume', 0.1, 'dl|deziliter'],
  ['l', 'volume', 1, 'l|litre|litres|liter|liters|litern|ltr'],
  ['m3', 'volume', 1000, 'm³|m3|kubikmeter'],
  ['fl-oz', 'volume', 0.0295735295625, 'fl oz'],
  ['gal', 'volume', 3.785411784, 'gallon|gallons'],
  ['pint', 'volume', 0.473176473, 'pint|pints'],
  ['cup', 'cup', 1, 'cup|cups|tasse|tassen'],
  ['tbsp', 'tablespoon', 1, 'tablespoon|tablespoons|tbsp|esslöffel|esslöffeln|el'],
  ['tsp', 'teaspoon', 1, 'teaspoon|teaspoons|tsp|teelöffel|teelöffeln|tl'],
  ['drop', 'drop', 1, 'drop|drops|tropfen'],
  ['mg', 'mass', 0.001, 'mg|milligram|milligrams|milligramm'],
  ['g', 'mass', 1, 'g|gram|grams|gramme|grammes|gramm'],
  ['kg', 'mass', 1000, 'kg|kilo|kilos|kilogram|kilograms|kilogramm'],
  ['t', 'mass', 1_000_000, 't|tonne|tonnes|tonnen'],
  ['oz', 'mass', 28.349523125, 'oz|ounce|ounces|unze|unzen'],
  ['lb', 'mass', 453.59237, 'lb|lbs|pound|pounds|pfund'],
  [
    'gsm',
    'grammage',
    1,
    'g/m²|g/m2|gsm|grams per square metre|grams to the square metre|gramm pro quadratmeter',
  ],
  ['°C', 'celsius', 1, '°c|℃|celsius|degrees celsius|degree celsius|grad celsius'],
  ['°F', 'fahrenheit', 1, '°f|℉|fahrenheit|degrees fahrenheit|grad fahrenheit'],
  ['K', 'kelvin', 1, 'kelvin'],
  ['°', 'degree', 1, '°|º|degree|degrees|grad'],
  ['s', 'time', 1, 's|sec|secs|second|seconds|sekunde|sekunden|sek'],
  ['min', 'time', 60, 'min|mins|minute|minutes|minuten'],
  ['h', 'time', 3600, 'h|hr|hrs|hour|hours|stunde|stunden|std'],
  ['day', 'time', 86_400, 'day|days|tag|tage|tagen|tages'],
  ['week', 'time', 604_800, 'week|weeks|woche|wochen'],
  ['month', 'months', 1, 'month|months|monat|monate|monaten|monats'],
  ['year', 'months', 12, 'year|years|yr|yrs|jahr|jahre|jahren|jahres'],
  ['V', 'voltage', 1, 'v|volt|volts'],
  ['kV', 'voltage', 1000, 'kv'],
  ['mA', 'current', 0.001, 'ma|milliampere'],
  ['A', 'current', 1, 'a|amp|amps|ampere'],
  ['W', 'power', 1, 'w|watt|watts'],
  ['kW', 'power', 1000, 'kw|kilowatt|kilowatts'],
  ['Wh', 'energy', 1, 'wh|wattstunden'],
  ['kWh', 'energy', 1000, 'kwh|kilowattstunden'],
  ['mAh', 'charge', 0.001, 'mah'],
  ['Ah', 'charge', 1, 'ah|amperestunden'],
  ['Hz', 'frequency', 1, 'hz|hertz'],
  ['kHz', 'frequency', 1000, 'khz'],
  ['MHz', 'frequency', 1_000_000, 'mhz'],
  ['GHz', 'frequency', 1_000_000_000, 'ghz'],
  ['lm', 'light', 1, 'lm|lumen|lumens'],
  ['lx', 'illuminance', 1, 'lux'],
  ['dB', 'sound', 1, 'db|decibel|decibels|dezibel'],
  ['Nm', 'torque', 1, 'nm|newton metres|newtonmeter'],
  ['N', 'force', 1, 'newton'],
  ['bar', 'pressure', 100_000, 'bar'],
  ['hPa', 'pressure', 100, 'hpa'],
  ['psi', 'pressure', 6894.757293168, 'psi'],
  ['rpm', 'rotation', 1, 'rpm|u/min|umdrehungen'],
  ['km/h', 'speed', 1, 'km/h|kmh|kph'],
  ['mph', 'speed', 1.609344, 'mph'],
  ['kcal', 'food-energy', 4.184, 'kcal|calories|kalorien'],
  ['kJ', 'food-energy', 1, 'kj'],
  ['%', 'share', 0.01, '%|percent|per cent|prozent'],
  ['ppm', 'share', 1e-6, 'ppm'],
  ['byte-g', 'data', 1, 'gb|gigabyte'],
  ['byte-t', 'data', 1000, 'tb|terabyte'],
  ['byte-m', 'data', 0.001, 'mb|megabyte'],
  ['px', 'pixel', 1, 'px|pixel|pixels'],
  ['den', 'fibre', 1, 'denier'],
  ['eur', 'money', 1, '€|eur|euro|euros'],
  ['usd', 'money-usd', 1, '$|usd|dollar|dollars'],
  ['gbp', 'money-gbp', 1, '£|gbp'],
];

/** By how it is written, in small letters. */
export const unitsByName: ReadonlyMap<string, Unit> = new Map(
  rows.flatMap(([id, dimension, factor, names]) =>
    names.split('|').map((name): [string, Unit] => [name, { id, dimension, factor }]),
  ),
);

export const temperatureDimensions: ReadonlySet<string> = new Set([
  'celsius',
  'fahrenheit',
  'kelvin',
  'degree',
]);
