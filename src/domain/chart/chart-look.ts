/**
 * How charts look. On paper of their own, so that they read alike in a dark and in a light chat; wide enough for a desk, with
 * letters that are still read when a phone shows it at 350 px. The colours are Okabe and Ito's, which people with every kind
 * of colour vision tell apart; what failed is hatched too, for whoever sees none.
 */
export const look = {
  width: 480,
  margin: 20,
  paper: '#ffffff',
  edge: '#d0d7de',
  ink: '#1f2328',
  faint: '#57606a',
  track: '#e7ebef',
  worked: '#0072b2',
  partly: '#e69f00',
  failed: 'url(#failed)',
  size: { title: 19, text: 15, small: 13 },
} as const;

/** What fills refer to by name. */
export const hatching =
  '<defs><pattern id="failed" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#d55e00"/><rect width="2" height="7" fill="#ffffff"/></pattern></defs>';
