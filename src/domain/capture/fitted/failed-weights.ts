import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 348 threads; not to be edited by hand.

export const failedWeights = readWeights(`
-3.64; 2.31 tale: any noeffect; -1.66 marked as resolved; -1.54 tale: any well;
1.49 tale: since the last act look; 1.45 tale: no effect for good; -1.21 tale: any look; -1.19 no act;
-1.15 tale: ends with act; 1.07 acts; 1.02 tale: since the last act giveup; 1.01 tale: ends with giveup;
1.01 tale: any giveup; 0.96 tale: since the last act propose; 0.95 tale: since the last act act;
-0.94 tale: any ask; 0.93 tale: any chat; -0.90 alert over; 0.79 tale: since the last act noeffect;
-0.69 tale: ends with look; -0.69 tale: any propose; -0.68 tale: since the last act trouble;
-0.63 tale: ends with cause; 0.60 tale: since the last act cause; -0.59 tale: ends with well;
-0.59 tale: any cause; 0.57 no alert; 0.57 tale: ends with ask; 0.56 tale: last giveup;
-0.54 tale: ends with makeshift; -0.54 tale: since the last act makeshift; -0.51 messages;
0.43 tale: any act; -0.41 tale: well for good; 0.40 tale: last dismiss; 0.32 tale: since the last act chat;
0.32 alert fires; 0.30 tale: any trouble; -0.24 tale: since the last act ask; 0.23 tale: last makeshift;
0.22 tale: ends with propose; -0.20 ticked at the end; -0.20 tale: ends with trouble;
-0.15 tale: any makeshift; -0.15 tale: since the last act guess; 0.14 tale: since the last act well;
0.11 tale: last act; -0.09 tale: last ask; 0.09 tale: ends with noeffect;
0.08 tale: since the last act dismiss; 0.08 tale: ends with guess; 0.06 tale: ends with dismiss;
0.05 tale: last noeffect; -0.04 tale: last well; -0.04 tale: last cause;
`);
