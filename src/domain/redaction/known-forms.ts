/**
 * Secrets shorter than this are ignored: masking every "db" or "42" would destroy the text and tell nobody
 * anything that a guess would not.
 */
export const shortestSecret = 4;

/** Encoded pieces shorter than this match by accident. */
const shortestPiece = 8;

/**
 * Every spelling in which a secret may stand in a text: as it is, its lines when it has several, and those in base64
 * (standard and URL alphabet, at any offset inside a longer encoded text, also of UTF-16), in hexadecimal,
 * URL-encoded, escaped for JSON, XML and SQL, and quoted for a shell.
 */
export function knownForms(secret: string): readonly string[] {
  const lines = secret.includes('\n') ? secret.split(/\r?\n/).filter((line) => line.length >= 16) : [];
  const plain = [secret, secret.trim(), ...lines].filter((text) => text.length >= shortestSecret);
  const forms = plain.flatMap((text) => [
    text,
    ...base64Forms(text),
    ...urlForms(text),
    ...jsonForms(text),
    ...shellForms(text),
    ...hexForms(text),
    ...markupForms(text),
  ]);
  return [...new Set(forms)].filter((form) => form.length >= shortestSecret);
}

/**
 * Base64 of the secret alone (padded or not), and of the secret somewhere inside a longer text, as in
 * `Authorization: Basic base64(user:secret)`: what of the encoding does not depend on the neighbours.
 */
function base64Forms(text: string): readonly string[] {
  return [new TextEncoder().encode(text), utf16(text)].flatMap(base64OfBytes);
}

/** Little-endian, as PowerShell takes encoded commands. */
function utf16(text: string): Uint8Array {
  return Uint8Array.from(
    { length: text.length * 2 },
    (_, i) => (text.charCodeAt(i >> 1) >> (i % 2 === 0 ? 0 : 8)) & 0xff,
  );
}

function base64OfBytes(bytes: Uint8Array): readonly string[] {
  const whole = base64(bytes);
  const shifted = [0, 1, 2].map((offset) => {
    const encoded = base64(new Uint8Array([...new Uint8Array(offset), ...bytes])).replace(/=+$/, '');
    const end = (offset + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
    return encoded.slice([0, 2, 3][offset], end);
  });
  const pieces = shifted.filter((piece) => piece.length >= shortestPiece);
  const standard = [whole, whole.replace(/=+$/, ''), ...pieces];
  return standard.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Percent-encoding as browsers, forms and strict encoders write it. */
function urlForms(text: string): readonly string[] {
  const encoded = encodeURIComponent(text.toWellFormed());
  const strict = encoded.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const lower = (form: string) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const plus = [encoded, strict].map((form) => form.replaceAll('%20', '+'));
  const forms = [encoded, strict, ...plus, encodeURI(text.toWellFormed())];
  return [...forms, ...forms.map(lower)];
}

/** As a JSON string, once and twice encoded, with and without escaped slashes and non-ASCII characters. */
function jsonForms(text: string): readonly string[] {
  const once = JSON.stringify(text).slice(1, -1);
  const ascii = once.replace(
    /[\u0080-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const html = once.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
  const twice = JSON.stringify(once).slice(1, -1);
  return [once, once.replaceAll('/', '\\/'), ascii, html, twice];
}

/** As dumps show bytes: together, with `\\x`, and with a colon or a blank between; from eight digits on. */
function hexForms(text: string): readonly string[] {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0'));
  const forms = [
    bytes.join(''),
    bytes.map((byte) => `\\x${byte}`).join(''),
    bytes.join(':'),
    bytes.join(' '),
  ];
  return forms
    .flatMap((form) => [form, form.toUpperCase().replaceAll('\\X', '\\x')])
    .filter((form) => form.length >= shortestPiece);
}

/** In XML and HTML, and inside of a literal in SQL. */
function markupForms(text: string): readonly string[] {
  const named: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  const xml = text.replace(/[&<>"']/g, (sign) => named[sign] ?? sign);
  return [
    xml,
    xml.replaceAll('&#39;', '&apos;'),
    text.replace(/[&<>]/g, (sign) => named[sign] ?? sign),
    text.replaceAll("'", "''"),
  ];
}

/** Inside single quotes, inside double quotes, and with a backslash before every special character. */
function shellForms(text: string): readonly string[] {
  return [
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", `'"'"'`),
    text.replace(/["$`\\]/g, '\\$&'),
    text.replace(/["$`\\!]/g, '\\$&'),
    text.replace(/[^\w@%+=:,./-]/g, '\\$&'),
  ];
}
