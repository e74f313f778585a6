import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 428 threads; not to be edited by hand.

export const resolvedWeights = readWeights(`
-4.80; 3.40 marked as resolved; 1.85 tale: ends with act; 1.68 ticked at the end;
-1.65 tale: act then makeshift; 1.56 tale: noeffect then cause; 1.56 tale: last well;
-1.48 tale: well then makeshift; -1.42 tale: ends with dismiss; 1.41 tale: any act;
1.34 tale: ends with well; 1.29 tale: any guess; -1.13 tale: ends with guess; -1.12 tale: noeffect then act;
-1.10 tale: any dismiss; -1.08 tale: well makeshift; -1.02 tale: since the last act dismiss;
-1.02 tale: since the last act propose; -1.01 tale: since the last act noeffect;
-1.00 tale: since the last act guess; -0.99 tale: act then noeffect; 0.95 tale: act then look;
-0.93 tale: well then cause; -0.90 tale: well then look; -0.84 tale: act then well;
-0.79 tale: last makeshift; -0.77 tale: since the last act giveup; -0.77 tale: ends with giveup;
-0.77 tale: any giveup; 0.74 tale: since the last act ask; -0.71 tale: ends with makeshift; 0.71 messages;
0.71 tale: since the last act trouble; -0.70 alert fires; -0.67 tale: last dismiss;
-0.65 tale: act then giveup; -0.63 tale: any noeffect; 0.59 tale: act then cause; -0.59 no act;
0.53 tale: well for good; 0.53 tale: noeffect then look; 0.51 tale: any trouble; 0.51 tale: ends with look;
0.47 alert over; 0.47 tale: any well; -0.44 tale: any makeshift; -0.43 tale: noeffect then giveup;
0.41 tale: noeffect then makeshift; 0.38 tale: any chat; 0.38 acts; -0.38 tale: last ask;
0.37 tale: since the last act well; -0.37 tale: any propose; 0.34 tale: ends with propose;
0.34 tale: ends with chat; 0.32 tale: any ask; 0.30 tale: well then noeffect; 0.29 tale: noeffect then well;
-0.28 tale: since the last act makeshift; 0.25 tale: ends with cause; -0.25 tale: well then dismiss;
0.25 tale: noeffect then trouble; 0.24 tale: since the last act act; 0.24 tale: last chat; 0.23 no alert;
0.20 tale: last propose; 0.18 tale: well then giveup; -0.17 tale: well then trouble;
-0.16 tale: noeffect then guess; -0.16 tale: ends with noeffect; -0.14 tale: well then act;
0.14 tale: last cause; 0.13 tale: last act; -0.12 tale: no effect for good; -0.12 tale: last guess;
0.11 tale: ends with trouble; -0.11 tale: act then guess; -0.11 tale: well then guess;
-0.10 tale: since the last act look; 0.09 tale: any look; 0.06 tale: last giveup; 0.05 tale: last noeffect;
-0.05 tale: noeffect then dismiss; 0.05 tale: any cause; 0.04 tale: act then trouble;
`);
