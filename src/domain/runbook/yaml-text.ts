/** Text that YAML reads back as the same text without quotes, also inside of [ ] and { }. */
const plain = /^[A-Za-z/][A-Za-z0-9_/.-]*(?: [A-Za-z0-9_/.-]+)*$/;

/** Plain words that some YAML readers take for something else. */
const special = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/i;

type YamlValue = string | number | readonly string[];

/** One text or number. Quoted text is JSON, of which YAML 1.2 is a superset. */
export function yamlScalar(value: string | number): string {
  if (typeof value === 'number') return String(value);
  if (plain.test(value) && !special.test(value)) return value;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `[a, b]`. */
export function yamlList(values: readonly string[]): string {
  return `[${values.map(yamlScalar).join(', ')}]`;
}

/** `{ a: b, c: [d] }` without the keys whose value is absent. */
export function yamlMap(entries: Readonly<Record<string, YamlValue | undefined>>): string {
  const pairs = Object.entries(entries).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [`${key}: ${typeof value === 'object' ? yamlList(value) : yamlScalar(value)}`];
  });
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}
