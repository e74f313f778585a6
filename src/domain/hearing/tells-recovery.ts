/** Whether an alert bot reports that something is over: `[RESOLVED] DiskFull`, "✅ OK: disk". Only the beginning counts. */
export function tellsRecovery(text: string): boolean {
  return /^[^\p{L}\p{N}]*(?:alert\s+)?(?:resolved|recovered|recovery|ok|cleared|closed)\b/iu.test(text);
}
