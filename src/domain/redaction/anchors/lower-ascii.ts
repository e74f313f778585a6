/** ASCII in small letters by its code; all else is 0, a character that no word has. */
export const lowerAscii = Uint8Array.from({ length: 65_536 }, (_, code) => {
  if (code >= 128) return 0;
  return code >= 65 && code <= 90 ? code + 32 : code;
});
