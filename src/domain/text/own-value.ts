/**
 * What a table holds under a name that came from outside, or undefined. Never what every object inherits: somebody may
 * call a parameter `constructor`.
 */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
