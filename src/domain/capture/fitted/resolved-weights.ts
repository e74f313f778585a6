import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 348 threads; not to be edited by hand.

export const resolvedWeights = readWeights(`
-2.95; 3.30 marked as resolved; 1.67 tale: last well; 1.52 ticked at the end; 1.51 tale: ends with act;
-1.48 tale: well makeshift; -1.45 tale: ends with dismiss; -1.42 tale: ends with makeshift;
-1.28 tale: since the last act makeshift; 1.23 tale: any guess; -1.23 tale: any noeffect;
-1.20 tale: ends with guess; -1.19 tale: any makeshift; -1.19 tale: since the last act dismiss;
-1.09 tale: any dismiss; 1.08 tale: ends with well; 1.05 tale: any act;
-1.03 tale: since the last act giveup; -1.01 tale: ends with giveup; -0.99 tale: any giveup;
0.95 tale: since the last act trouble; -0.88 tale: since the last act noeffect;
-0.85 tale: since the last act propose; -0.83 tale: since the last act look;
-0.80 tale: since the last act guess; -0.79 tale: last dismiss; 0.69 messages;
-0.67 tale: ends with noeffect; 0.65 tale: ends with cause; -0.65 no act; 0.61 tale: any chat;
0.60 alert over; -0.59 tale: no effect for good; 0.57 tale: since the last act ask;
0.56 tale: since the last act well; 0.52 tale: any ask; -0.51 alert fires; 0.43 acts;
0.39 tale: well for good; 0.35 tale: last act; -0.35 tale: ends with propose; -0.32 tale: any cause;
-0.27 tale: last makeshift; 0.22 tale: any propose; -0.20 tale: since the last act act; 0.17 tale: any well;
-0.17 tale: last propose; -0.17 tale: last guess; 0.16 tale: ends with chat; 0.15 tale: last noeffect;
0.14 tale: since the last act chat; 0.12 tale: last chat; 0.11 tale: last ask; -0.09 no alert;
0.08 tale: last cause; 0.07 tale: ends with look; 0.06 tale: ends with trouble; 0.05 tale: any trouble;
0.05 tale: last giveup; 0.03 tale: last look; -0.03 tale: any look;
`);
