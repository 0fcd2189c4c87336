/** Stand-ins for product pictures: two still lifes. */
const board = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480"><rect width="480" height="480" fill="#e9e4da"/><rect y="330" width="480" height="150" fill="#d8d0c1"/><g transform="rotate(-8 240 250)"><rect x="96" y="150" width="248" height="210" rx="26" fill="#b98a5a"/><rect x="330" y="228" width="76" height="52" rx="24" fill="#b98a5a"/><circle cx="382" cy="254" r="11" fill="#e9e4da"/><path d="M112 190h216M112 226h216M112 262h216M112 298h216M112 332h216" stroke="#a67947" stroke-width="3" opacity=".6"/></g><path d="M178 214c8-48 116-60 140-16 22 40 4 76-22 80-34 6-72 6-100-2-18-6-22-30-18-62z" fill="#8a5a33"/><path d="M206 208l30-18M238 214l32-24M272 214l26-22" stroke="#e2b98a" stroke-width="8" stroke-linecap="round"/></svg>`;
const oil = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480"><rect width="480" height="480" fill="#dfe4df"/><rect y="352" width="480" height="128" fill="#cbd3cb"/><rect x="206" y="86" width="68" height="58" rx="8" fill="#2f3a33"/><path d="M200 144h80c0 30 42 36 42 84v140a24 24 0 0 1-24 24H182a24 24 0 0 1-24-24V228c0-48 42-54 42-84z" fill="#8b5a1e"/><path d="M172 236c0-40 40-50 42-84h14c0 40-32 46-32 92v136h-14a10 10 0 0 1-10-10z" fill="#b27a34"/><rect x="158" y="250" width="164" height="92" fill="#f4efe4"/><path d="M196 284h88M210 308h60" stroke="#2f3a33" stroke-width="6" stroke-linecap="round"/></svg>`;

export const pictures: ReadonlyMap<string, string> = new Map([
  ['/pictures/board.svg', board],
  ['/pictures/oil.svg', oil],
]);
