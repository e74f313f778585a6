import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 428 threads; not to be edited by hand.

export const partialWeights = readWeights(`
-1.33; -2.58 marked as resolved; -1.44 tale: any guess; -1.43 tale: noeffect then giveup;
1.41 tale: well then look; -1.33 tale: last well; 1.29 tale: ends with makeshift;
1.27 tale: well then makeshift; 1.23 tale: since the last act makeshift;
1.13 tale: since the last act cause; 1.11 tale: any makeshift; -1.11 tale: last giveup;
1.08 tale: well then cause; 1.04 messages; -1.03 acts; -1.00 tale: noeffect then makeshift;
-0.99 tale: act then look; -0.98 tale: since the last act look; -0.97 tale: ends with act;
0.95 tale: act then noeffect; 0.95 tale: act then makeshift; -0.94 tale: noeffect then look;
-0.92 ticked at the end; 0.88 tale: well makeshift; -0.88 alert over; -0.88 tale: any dismiss;
-0.86 tale: any chat; -0.84 tale: since the last act well; 0.82 alert fires; -0.81 tale: last dismiss;
0.77 tale: since the last act act; -0.75 tale: ends with ask; 0.74 tale: any well;
-0.73 tale: since the last act noeffect; 0.70 tale: any cause; 0.70 tale: any noeffect;
-0.69 tale: no effect for good; -0.67 tale: ends with chat; -0.66 tale: ends with dismiss;
0.64 tale: ends with noeffect; 0.64 tale: well then giveup; -0.63 tale: well for good;
-0.60 tale: noeffect then guess; 0.60 tale: well then act; -0.58 tale: since the last act dismiss;
-0.55 tale: last ask; -0.54 tale: noeffect then cause; -0.52 tale: last act; 0.51 tale: any act;
-0.49 tale: since the last act propose; -0.48 tale: ends with cause; 0.46 tale: noeffect then well;
-0.44 tale: any ask; -0.44 tale: noeffect then act; -0.42 tale: last propose;
-0.41 tale: since the last act trouble; 0.41 tale: well then trouble; -0.36 tale: since the last act guess;
0.36 tale: last chat; 0.32 tale: act then well; -0.32 tale: ends with trouble; -0.28 tale: last cause;
0.25 tale: ends with guess; -0.25 tale: act then giveup; -0.25 tale: act then dismiss;
-0.25 tale: noeffect then trouble; 0.24 no act; 0.23 tale: well then dismiss; 0.22 tale: well then noeffect;
0.21 tale: any look; -0.21 tale: since the last act chat; -0.16 tale: any giveup;
-0.16 tale: ends with giveup; -0.14 tale: ends with propose; -0.14 tale: any trouble;
-0.13 tale: noeffect then dismiss; -0.12 tale: since the last act giveup; -0.10 tale: act then cause;
-0.09 tale: ends with look; -0.09 tale: last guess; 0.08 tale: last makeshift; -0.07 tale: ends with well;
0.07 tale: since the last act ask; -0.07 tale: well then guess; -0.06 tale: last noeffect; 0.06 no alert;
-0.05 tale: any propose;
`);
