/** ASCII in small letters by its code; all else is 0, a character that no word has. */
export const lowerAscii = new Uint8Array(65_536);

for (let code = 0; code < 128; code += 1) lowerAscii[code] = code >= 65 && code <= 90 ? code + 32 : code;
