import { type Values, type VariableName, variable, variables } from './variables.ts';

/** Third step: the values to mask everywhere, with the passwords inside of addresses as they stand and decoded. */
export function collectSecrets(values: Values): readonly string[] {
  const names = Object.keys(variables) as VariableName[];
  const addresses = [
    values.DATABASE_URL,
    values.OPENAI_BASE_URL,
    values.RERANK_URL,
    values.SLACK_API_URL,
    values.DISCORD_API_URL,
  ];
  const whole = names.filter((name) => variable(name).secret).map((name) => values[name]);
  const found = [...whole, ...addresses.flatMap(passwordsIn)].filter((value) => typeof value === 'string');
  return [...new Set(found)].filter((value) => value !== '');
}

function passwordsIn(address: string | undefined): readonly string[] {
  if (address === undefined || !URL.canParse(address)) return [];
  const url = new URL(address);
  const inQuery = url.searchParams.get('password') ?? '';
  return [url.password, decode(url.password), inQuery];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
