/** How long the same alert is not answered again in its channel. */
export const repeatWindowMs = 3_600_000;

/** Whether two texts of one alert bot tell the same, numbers apart: a value, a time or a count says nothing new. */
export function repeatsAlert(text: string, earlier: string): boolean {
  return withoutNumbers(text) === withoutNumbers(earlier);
}

/** Numbers within names (`web-01`) and addresses stay: they say where, and elsewhere is another problem. */
function withoutNumbers(text: string): string {
  return text
    .split(/\s+/u)
    .map((word) => (isNumber(word) ? '#' : word.toLowerCase().replace(valueOrCount, '$1#')))
    .join(' ')
    .trim();
}

const isNumber = (word: string): boolean => number.test(word) && !address.test(word);
/** `92%`, `(3.2GiB)`, `+5m`, `12:30:01`, `2026-11-25T12:30:01Z`. */
const number = /^[^\p{L}\p{N}]*\d[\p{L}\d.,:%+-]*[^\p{L}\p{N}]*$/u;
/** `value=91.5`, and how many alerts Alertmanager says are firing. */
const valueOrCount = /(=|firing:)\d[\d.,%]*/u;
const address = /\d+\.\d+\.\d+\.\d+/u;
