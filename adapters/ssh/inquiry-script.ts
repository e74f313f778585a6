import { quoteWord } from '#domain/runbook/quote-word.ts';
import { groupAlive } from './group-alive.ts';
import { recordPlaces } from './probe-script.ts';

export interface InquiryOptions {
  readonly token: string;
  /** Letters, digits and dashes: it is not quoted. */
  readonly attempt: string;
  /** The place for records that the probe found. */
  readonly records: string;
}

/**
 * Asks for the record of an attempt. Prints the names of its files as `TOKEN record NAME`, `TOKEN alive START` when
 * somebody of its group lives (START as in the record, of the process that has the group's id now), and at the end
 * `TOKEN end`. An attempt without a record is claimed here, as `ATTEMPT` and `ATTEMPT.never`: a script of it that is
 * still on its way can then begin nothing any more.
 */
export function inquiryScript({ token, attempt, records }: InquiryOptions): string {
  const claim = quoteWord(`${records}/${attempt}`);
  return `{
${groupAlive}
found=; group=
tell() {
  for place in ${recordPlaces}; do
    # Records are believed where nobody else can have made them.
    [ -d "$place" ] && [ ! -h "$place" ] && [ -O "$place" ] || continue
    for file in "$place/${attempt}" "$place/${attempt}".*; do
      [ -e "$file" ] || continue
      found=yes
      case $file in *.run.*) group=\${file##*.run.}; group=\${group%.*} ;; esac
      printf '%s record %s\\n' ${token} "\${file##*/}"
    done
  done
}
tell
if [ -z "$found" ]; then
  umask 077
  set -C
  { true >${claim} && true >${claim}.never; } 2>/dev/null
  tell
fi
if [ -n "$group" ] && alive "$group"; then
  start=0
  { read -r stat <"/proc/$group/stat"; } 2>/dev/null && { set -- \${stat##*) }; start=\${20:-0}; }
  printf '%s alive %s\\n' ${token} "$start"
else
  # It may have ended between the two looks.
  tell
fi
echo '${token} end'
}
`;
}
