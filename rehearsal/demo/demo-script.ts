/**
 * What a shop's page does with the component's events, as docs/confirmation-page.md has it: the order is shown anew once
 * something was added. Besides, it tells whoever tries the demo what the element said.
 */
export const demoScript = `const said = document.querySelector('#said');
const say = (words) => { said.textContent = words; };
document.addEventListener('afterglow-session', ({ detail }) => say('The element shows ' + detail.offers + ' offer(s).'));
document.addEventListener('afterglow-empty', ({ detail }) => say('The element shows nothing: ' + detail.reason + (detail.status ? ' (' + detail.status + ')' : '') + '.'));
document.addEventListener('afterglow-accepted', ({ detail }) => say('Accepted: ' + detail.sku + '. The order system has been asked.'));
document.addEventListener('afterglow-dismissed', () => say('Sent away: not shown to this customer again for a while.'));
document.addEventListener('afterglow-confirmed', async ({ detail }) => {
  say('Added by the order system: ' + detail.sku + '. The order is shown anew.');
  const answer = await fetch(location.pathname + '.json');
  if (answer.ok) show(await answer.json());
});
const show = ({ lines, sums, total, words }) => {
  const list = document.querySelector('.lines');
  for (const line of lines.slice(list.children.length)) list.append(lineOf(line, words));
  const terms = [...sums, [words.total, total]].flatMap(([name, amount], at) => {
    const parts = [textIn('dt', name), textIn('dd', amount)];
    if (at === sums.length) for (const part of parts) part.className = 'total';
    return parts;
  });
  document.querySelector('dl').replaceChildren(...terms);
};
const textIn = (name, text, className = '') => Object.assign(document.createElement(name), { textContent: text, className });
const lineOf = ({ name, quantity, amount, picture }, words) => {
  const item = document.createElement('li');
  const named = document.createElement('span');
  named.append(name, textIn('small', quantity + ' × · ' + words.added, 'added'));
  item.append(Object.assign(document.createElement('img'), { src: picture, alt: '' }), named, textIn('span', amount, 'amount'));
  return item;
};
`;
