import { anchor } from '../anchors/anchor.ts';
import { allMatches } from '../anchors/matches.ts';
import type { Scan } from '../anchors/scan-text.ts';
import type { Span } from '../span.ts';

/** "the passphrase of the key is …", "passphrase for the key: …", up to the words. */
const said = anchor(
  /\bpass[ -]?phrase(?:[ \t]{1,4}(?:for|of|on|to|from|für|von)(?:[ \t]{1,4}[\w.'-]{1,32}){1,4}?)?(?:[ \t]{1,4}(?:is|was|ist|war|lautet)|[ \t]?:)[ \t]{1,4}(?:now[ \t])?(?=[a-z])/gi,
);

/** Four to eight plain words and nothing behind them on their line. */
const phrase = /[a-z]{3,10}(?:[ -][a-z]{3,10}){3,7}(?=[.!]?[ \t\r]*$)/my;

/** Hardly a sentence of four words or more has none of these, and dice throw none of them. */
const ofSentences =
  /\b(?:the|and|not|for|are|was|has|had|have|been|being|with|without|from|into|onto|under|over|behind|after|before|than|that|this|these|those|then|when|where|which|what|who|why|how|you|your|our|they|them|their|she|her|his|its|can|could|may|might|must|should|would|will|shall|does|did|only|also|just|still|already|never|always|again|same|very|more|most|some|any|all|but|nor|yet|per|via|see|ask|needs?|needed|required?|stored|kept|known|unknown|wrong|lost|missing|expired|changed|rotated|der|die|das|ist|und|nicht|mit|von|für|auf|bei)\b/;

/** A passphrase of plain words behind words that say so. A sentence about one ("is stored in the vault …") is none. */
export function findPassphrases(text: string, scan: Scan): readonly Span[] {
  return allMatches(text, scan, said).flatMap((match) => {
    const start = match.index + match[0].length;
    phrase.lastIndex = start;
    const found = phrase.exec(text)?.[0];
    return found && !ofSentences.test(found) ? [{ start, end: start + found.length }] : [];
  });
}
