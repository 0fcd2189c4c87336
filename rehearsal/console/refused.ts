/** What somebody asked for at the console makes no sense now; the page says why. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
