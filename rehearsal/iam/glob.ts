/** Whether the text fits an IAM pattern: `*` is any run of characters, `?` any one of them. Case counts. */
export const fitsGlob = (pattern: string, text: string): boolean => {
  let [at, from] = [0, 0];
  let [star, resume] = [-1, 0];
  while (from < text.length) {
    if (pattern[at] === '*') {
      [star, resume] = [at, from];
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[from]) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      // Let the last star take one character more and try again from there.
      resume += 1;
      [at, from] = [star + 1, resume];
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
};
