const filter = document.getElementById('filter');
const count = document.getElementById('count');
const touches = document.getElementById('touches');
const articles = [...document.querySelectorAll('article')];

/** What the page shows at first: one ordinary order, in the first locale. */
const start = { touch: '', locale: articles[0]?.dataset.locale ?? '', sample: 'plain' };

const chosen = () => Object.fromEntries(new FormData(filter));

const isShown = ({ dataset }, { touch, locale, sample, channel }) =>
  (touch === '' || dataset.touch === touch) &&
  (locale === '' || dataset.locale === locale) &&
  (sample === '' || dataset.sample === sample) &&
  (channel === '' || dataset.channel.split(' ').includes(channel));

/** A message is loaded when it comes near the window. */
const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearby.unobserve(target);
      for (const frame of target.querySelectorAll('iframe')) frame.src = frame.dataset.src;
    }
  },
  { rootMargin: '800px' },
);

const show = () => {
  const choice = chosen();
  document.documentElement.classList.toggle('dark', choice.scheme === 'dark');
  for (const article of articles) {
    article.hidden = !isShown(article, choice);
    nearby.unobserve(article);
    if (!article.hidden && article.querySelector('iframe:not([src])')) nearby.observe(article);
  }
  count.value = `${articles.filter(({ hidden }) => !hidden).length} of ${articles.length} messages`;
};

const choose = (choice) => {
  for (const [name, value] of Object.entries(choice)) {
    const field = filter.elements[name];
    if (field !== undefined) field.value = value;
  }
};

/** The choice is in the address, so that it can be passed on. */
const readAddress = () => {
  choose({ ...start, ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) });
  show();
  touches.open = filter.elements.touch.value === '';
};

filter.addEventListener('change', () => {
  const choice = Object.entries(chosen()).filter(([name, value]) => value !== (start[name] ?? ''));
  history.replaceState(null, '', `#${new URLSearchParams(choice)}`);
  show();
});

window.addEventListener('hashchange', () => {
  readAddress();
  document.getElementById('messages').scrollIntoView();
});

readAddress();
